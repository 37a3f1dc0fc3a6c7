// Who may import whom. This table is the rule; scripts/walls-check.mjs only applies it. docs/architecture.md explains it.

/**
 * Folders of a service that are doors: they speak a protocol. `adapters/` is the world, `wire/` the mapping that doors
 * and adapters share; every other folder is a room.
 */
export const DOORS = ['grpc'];

/**
 * zone  the place, as `zoneOf` names it
 * may   other places it may import; itself is always allowed
 * npm   packages from outside: a list, or 'declared' for whatever its own package.json declares
 * why   said with every finding
 * Node built-ins are open to all but the page.
 */
export const WALLS = [
  {
    zone: 'package contracts',
    may: [],
    npm: ['@bufbuild/protobuf'],
    why: 'contracts carry the codec runtime and no logic',
  },
  { zone: 'package telemetry', may: [], npm: 'declared', why: 'telemetry stands below everything else' },
  { zone: 'package eventsourcing', may: [], npm: [], why: 'event sourcing is pure: Node built-ins only' },
  {
    zone: 'package bus',
    may: ['package telemetry', 'package rpc', 'package contracts'],
    npm: 'declared',
    why: 'the bus knows peers only by contract',
  },
  {
    zone: 'package rpc',
    may: ['package telemetry'],
    npm: 'declared',
    why: 'rpc works for any proto; image and definitions are handed in',
  },
  {
    zone: 'package upstream',
    may: ['package telemetry', 'package rpc'],
    npm: 'declared',
    why: 'upstream knows how to ask, not what is asked for',
  },
  {
    zone: 'package budget',
    may: ['package telemetry', 'package rpc', 'package contracts'],
    npm: 'declared',
    why: 'a budget knows storage only by contract, and nothing of what is paid for',
  },
  {
    zone: 'package text',
    may: ['package telemetry', 'package rpc', 'package contracts', 'package upstream', 'package budget'],
    npm: 'declared',
    why: 'text knows peers only by contract',
  },
  {
    zone: 'package launch',
    may: ['package telemetry', 'package rpc'],
    npm: 'declared',
    why: 'launch starts processes and asks them for health, nothing more',
  },
  {
    zone: 'package testing',
    may: ['any package'],
    npm: 'declared',
    why: 'testing serves tests of packages and services',
  },
  { zone: 'app', may: ['any package'], npm: 'declared', why: 'an app uses packages and reaches services over gRPC' },
  {
    zone: 'main',
    may: ['config', 'module', 'error codes', 'package contracts', 'package rpc', 'package telemetry'],
    npm: ['reflect-metadata'],
    why: 'main is config → app → listen → drain',
  },
  {
    zone: 'command',
    may: ['config', 'module', 'adapters', 'package telemetry'],
    npm: [],
    why: 'a command reads the config and calls one adapter',
  },
  {
    zone: 'module',
    may: [
      'config',
      'door',
      'edge',
      'error codes',
      'wire',
      'room',
      'adapters',
      'package contracts',
      'package rpc',
      'package telemetry',
      'package text',
      'package budget',
      'package bus',
    ],
    npm: ['@nestjs/common', '@nestjs/core'],
    why: 'the module is the only file that sees both sides, and it only wires',
  },
  {
    zone: 'config',
    may: ['package rpc', 'package telemetry', 'package text'],
    npm: [],
    why: 'config is raw → defaults → checked → frozen; text reads its own settings, the same in each service',
  },
  {
    zone: 'error codes',
    may: ['door', 'room', 'package rpc'],
    npm: [],
    why: 'the error table maps reasons to statuses',
  },
  {
    zone: 'door',
    may: ['error codes', 'wire', 'room', 'package contracts', 'package rpc'],
    npm: ['@nestjs/common'],
    why: 'a door maps and calls the room',
  },
  {
    zone: 'edge',
    may: ['package contracts', 'package rpc', 'package telemetry'],
    npm: 'declared',
    why: 'the gateway is all door: its libraries speak HTTP, its work is done by the services behind it',
  },
  {
    zone: 'page',
    may: [],
    npm: [],
    why: 'browsers get the files of the page as they are: nothing but each other',
  },
  {
    zone: 'wire',
    may: ['room', 'package contracts'],
    npm: [],
    why: 'the mapping turns messages into domain types and back',
  },
  {
    zone: 'adapters',
    may: [
      'wire',
      'room',
      'package contracts',
      'package rpc',
      'package telemetry',
      'package text',
      'package upstream',
      'package budget',
      'package bus',
    ],
    npm: 'declared',
    why: 'an adapter does what a port of the room asks',
  },
  {
    zone: 'room',
    may: ['package eventsourcing'],
    npm: [],
    why: 'a room is plain TypeScript: itself, event sourcing, Node built-ins',
  },
  {
    zone: 'test',
    may: ['anything of its own', 'any package'],
    npm: 'declared',
    why: 'a test knows its own workspace and the packages',
  },
];

/** Never imported by `src/`, whatever the row above says; nor is `/testing` of any package. */
export const TEST_ONLY_PACKAGES = ['testing'];

/** What a proto below the first folder may import (prefixes; `@` is its own service). */
export const PROTO_WALLS = [
  { below: 'proto/exempla/type/', may: ['google/', 'buf/validate/', 'exempla/type/'] },
  { below: 'proto/exempla/', may: ['google/', 'buf/validate/', 'exempla/type/', 'exempla/options/', '@'] },
  { below: 'packages/rpc/proto/exempla/options/', may: ['google/', '@'] },
];

const PLACES = [
  [/^packages\/([^/]+)\/src\//, (m) => `package ${m[1]}`],
  [/^apps\/([^/]+)\/src\//, () => 'app'],
  [/^(?:packages|services|apps)\/[^/]+\/test\//, () => 'test'],
  [/^services\/[^/]+\/src\/main\.ts$/, () => 'main'],
  [/^services\/[^/]+\/src\/[^/]+\.main\.ts$/, () => 'command'],
  [/^services\/[^/]+\/src\/config\.ts$/, () => 'config'],
  [/^services\/[^/]+\/src\/[^/]+\.module\.ts$/, () => 'module'],
  [/^services\/gateway\/src\/[^/]+\//, () => 'edge'],
  [/^services\/gateway\/page\//, () => 'page'],
  [new RegExp(`^services/[^/]+/src/(?:${DOORS.join('|')})/error-codes\\.ts$`), () => 'error codes'],
  [new RegExp(`^services/[^/]+/src/(?:${DOORS.join('|')})/`), () => 'door'],
  [/^services\/[^/]+\/src\/adapters\//, () => 'adapters'],
  [/^services\/[^/]+\/src\/wire\//, () => 'wire'],
  [/^services\/[^/]+\/src\/([^/]+)\//, () => 'room'],
];

/** The place of a file, or undefined: then it stands in no room of the house. */
export function zoneOf(path) {
  for (const [pattern, name] of PLACES) {
    const match = pattern.exec(path);
    if (match) return name(match);
  }
  return undefined;
}

/** `services/audio` of `services/audio/src/speech/voice.ts`. */
export const workspaceOf = (path) => path.split('/').slice(0, 2).join('/');

/** `speech` of `services/audio/src/speech/voice.ts`. */
export const roomOf = (path) => path.split('/')[3];
