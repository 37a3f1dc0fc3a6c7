// Faults of who imports whom.
import { WALLS, ROOM, DOOR, WORLD, newFile } from './plant.mjs';

export const WALLS_FAULTS = [
  newFile(
    'an import across services by path',
    WALLS,
    WORLD,
    "import '../../../storage/src/config.ts';",
    /reaches into services\/storage/,
  ),
  newFile(
    'an import across services by name',
    WALLS,
    WORLD,
    "import '@exempla/storage';",
    /may not import services\/storage/,
  ),
  newFile(
    'a type from another service',
    WALLS,
    WORLD,
    "export type T = import('../../../storage/src/config.ts').T;",
    /reaches into/,
  ),
  newFile(
    'Nest in a room',
    WALLS,
    ROOM,
    "import { Injectable } from '@nestjs/common';",
    /room may not import @nestjs\/common/,
  ),
  newFile(
    'contracts in a room',
    WALLS,
    ROOM,
    "import { readImage } from '@exempla/contracts';",
    /room may not import @exempla\/contracts/,
  ),
  newFile('a door in a room', WALLS, ROOM, "import '../grpc/error-codes.ts';", /room may not import error codes/),
  newFile(
    'an adapter in a room',
    WALLS,
    ROOM,
    "export * from '../adapters/planted.ts';",
    /room may not import adapters/,
  ),
  newFile(
    'an adapter in a door',
    WALLS,
    DOOR,
    "await import('../adapters/planted.ts');",
    /door may not import adapters/,
  ),
  newFile('another room past its index', WALLS, ROOM, "import '../voices/planted.ts';", /past its index\.ts/),
  {
    ...newFile('two rooms that know each other', WALLS, ROOM, "import '../voices/index.ts';", /both ways/),
    files: {
      [ROOM]: "// Planted.\nimport '../voices/index.ts';\n",
      'services/audio/src/voices/index.ts': "import '../speech/index.ts';\n",
    },
  },
  newFile('a deep import', WALLS, WORLD, "import '@exempla/rpc/src/deadline';", /deep import/),
  newFile(
    'contracts in rpc',
    WALLS,
    'packages/rpc/src/planted.ts',
    "import '@exempla/contracts';",
    /may not import @exempla\/contracts/,
  ),
  newFile('test helpers in source', WALLS, WORLD, "import '@exempla/testing';", /for tests/),
  newFile('the tests of a port in source', WALLS, ROOM, "import '@exempla/eventsourcing/testing';", /for tests/),
  newFile('a package that is not declared', WALLS, WORLD, "import pg from 'pg';", /not declared/),
  { ...newFile('a file in no room', WALLS, 'services/audio/src/planted.ts', 'export {};', /no room/), line: 1 },
  newFile('process.env outside config', WALLS, DOOR, 'export const port = process.env.PORT;', /only config\.ts may/),
  newFile('process.env by another name', WALLS, WORLD, "import { env } from 'node:process';", /only config\.ts may/),
  newFile(
    'a proto that imports another service',
    WALLS,
    'proto/exempla/audio/v1/planted.proto',
    'import "exempla/storage/v1/object_service.proto";',
    /resource name/,
  ),
];
