import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { GATEWAY, SERVICES } from '../src/mesh/services.ts';

const textOf = (path: string): Promise<string> => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
const compose = await textOf('docker-compose.yml');

/** What stands indented under `name:`, which begins a line after `indent`. */
const blockOf = (name: string, text: string, indent: string): string =>
  new RegExp(`^${indent}${name}:.*\\n((?:${indent} +.*\\n|\\s*\\n)*)`, 'm').exec(text)?.[1] ?? '';
const services = blockOf('services', compose, '');

/** What a container has of providers. */
const providersOf = (service: string): string[] =>
  [...blockOf(service, services, '  ').matchAll(/\*(text|speech)\b|- (\w+_api_key)$/gm)].map(
    ([, anchor, secret]) => anchor ?? secret!,
  );

const OF: Readonly<Record<string, string[]>> = {
  text: ['text', 'openai_api_key'],
  speech: ['speech', 'openai_api_key', 'elevenlabs_api_key', 'openai_speech_api_key'],
};

describe('docker-compose.yml', () => {
  it.each([GATEWAY, ...SERVICES])('hands to $name the keys that it has need of, and no other', ({ name, asks }) => {
    expect(blockOf(name, services, '  ')).toContain('environment:');
    expect(providersOf(name)).toEqual(asks ? OF[asks] : []);
  });

  it.each(['postgres', 'migrate'])('hands no key to %s', (name) => expect(providersOf(name)).toEqual([]));

  it.each([
    ['.env.example', /^#?(\w+)=/gm],
    ['packages/text/src/text-settings.ts', /settings\.\w+\('(\w+)'/g],
    ['services/audio/src/config.ts', /'((?:OPENAI|ELEVENLABS|HTTP)_[A-Z_]+)'/g],
  ])('passes on what %s names, each empty where it is not set', async (path, names) => {
    const found = [...(await textOf(path)).matchAll(names)].map(([, name]) => name!);
    expect(found.length).toBeGreaterThan(5);
    for (const name of found) expect(compose).toContain(`  ${name}: \${${name}:-}\n`);
  });
});
