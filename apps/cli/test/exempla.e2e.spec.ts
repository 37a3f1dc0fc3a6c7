import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { doctor } from './exempla/doctor.ts';
import { syncClient } from './exempla/sync-client.ts';
import { ExemplaMesh, type Json, words } from './exempla-mesh.ts';
import { loadedBy } from './loading/loaded-by.ts';
import { SERVICES } from './test-mesh.ts';

const ROOT = new URL('../../../', import.meta.url);
const BUILT = new URL('../dist/exempla.main.js', import.meta.url);
/** All that calling takes of others' packages. */
const CALLS = new Set(['@bufbuild/protobuf', '@grpc/grpc-js', '@js-sdsl/ordered-map', 'commander']);
/** What documentation calls the id of something, by the folder of its name. */
const WHAT: Readonly<Record<string, string>> = { stor: 'STORY', childr: 'CHILD', hero: 'HERO' };

// Each command is a process of its own, and some tests run a dozen.
jest.setTimeout(120_000);
/** For a process to start in, and come to its work. */
const START_LIMIT_MS = 60_000;

describe('exempla', () => {
  let at: ExemplaMesh;
  beforeAll(async () => {
    at = await ExemplaMesh.start();
  });
  afterAll(async () => at[Symbol.asyncDispose]());

  it('story: writes, reads aloud into a file, and is one document with --json', async () => {
    const told = await at.json('story --child Mia --age 5 --interests stars,foxes --minutes 1 --seed 7 --out mia.wav');
    expect(told['saved']).toMatchObject({ file: 'mia.wav' });
    expect((await readFile(join(at.path, 'mia.wav'))).toString('latin1', 0, 4)).toBe('RIFF');
    const { name, title, text } = told['story'] as { name: string; title: string; text: string };

    const shown = await at.text('story --child Mia --age 5 --interests stars,foxes --minutes 1 --seed 7 --no-audio');
    expect(shown).toContain(title);
    // No terminal, so no colour and nothing that moves.
    expect(shown).not.toContain('\u001b');
    expect(shown.replace(/\s+/g, ' ')).toContain(text.slice(0, 80).replace(/\s+/g, ' '));

    const { stdout } = await at.ended(
      `story --child Ben --age 6 --interests boats --minutes 1 --continue ${name} --json-lines`,
    );
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => Object.keys(JSON.parse(line) as Json)[0]);
    expect([kinds[0], kinds.at(-1)]).toEqual(['title', 'done']);
    expect(kinds).toEqual(expect.arrayContaining(['text', 'saved', 'narration']));
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({ done: { story: { parentStory: name } } });
  });

  it('stories: lists, reads, rates, fetches the sound, removes', async () => {
    const told = await at.json('story --child Ida --age 4 --interests owls --minutes 1');
    const { name } = told['story'] as { name: string };
    const id = name.replace('stories/', '');
    expect(await at.json('stories list --child-name Ida')).toMatchObject({ stories: [{ name }] });
    expect(await at.text('stories list')).toContain(id);
    expect(await at.text(`stories get ${id}`)).toContain('moral');
    expect(await at.json(`stories rate ${name} 9`)).toMatchObject({ rating: 9 });
    expect(await at.json(`stories audio ${id} --out ida.wav`)).toMatchObject({ story: name, file: 'ida.wav' });
    expect(await at.json(`stories delete ${id}`)).toEqual({ deleted: name });
    expect(await at.ended(`stories get ${id}`)).toMatchObject({ code: 4, stdout: '' });
  });

  it('children and heroes: create, get, update, list, delete', async () => {
    const child = await at.json('children create --name Tom --age-group 3-5 --gender male --interests trains,snow');
    const tom = String(child['name']);
    expect(await at.json(`children update ${tom} --name Tim`)).toMatchObject({ name: tom, displayName: 'Tim' });
    expect(await at.text(`children get ${tom}`)).toMatch(/Tim +3-5 +male +trains, snow/);
    expect(await at.text('children list --page-size 1')).toMatch(/--page-token \S+/);
    expect(await at.json(`story --child ${tom} --minutes 1 --no-audio`)).toMatchObject({ story: { child: tom } });
    expect(await at.json(`children delete ${tom}`)).toEqual({ deleted: tom });

    const hero = await at.json('heroes create --name Borin --strengths digging --traits brave');
    const borin = String(hero['name']);
    expect(hero).toMatchObject({ language: 'en' });
    expect(await at.json(`heroes update ${borin} --appearance "a red beard"`)).toMatchObject({
      appearance: 'a red beard',
    });
    expect(await at.text(`heroes get ${borin}`)).toContain('Borin');
    const { stdout } = await at.ended('heroes list --json-lines');
    expect(JSON.parse(stdout.trim().split('\n')[0]!)).toMatchObject({ name: borin });
    expect(await at.text(`heroes delete ${borin}`)).toContain('is removed');
  });

  it('define, say and voices', async () => {
    const defined = await at.json('define river --context geography --kinds synonym,sentence --out river.wav');
    expect(defined).toMatchObject({ definition: { term: 'river' }, saved: { file: 'river.wav' } });
    expect(await at.text('define contract --kinds synonym')).toMatch(/score[\s\S]*Synonym/);
    expect(await at.ended('define river --context geography')).toMatchObject({ code: 5, stdout: '' });
    expect(await at.json('say "Good night" --voice rms --out night.wav')).toMatchObject({
      file: 'night.wav',
      voice: 'rms',
    });
    expect(await readdir(at.path)).toContain('night.wav');
    expect((await at.ended('say "Good night" --out -')).stdout.slice(0, 4)).toBe('RIFF');
    expect(await at.text('voices')).toMatch(/slt \*/);
  });

  it.each(['--help', '--version', 'voices', 'children list', 'define river --again'])(
    '%s: loads nothing that serves, as it was built',
    async (line) => {
      const { code, packages } = await loadedBy(BUILT, words(line), { env: at.targets });
      expect(code).toBe(0);
      expect(packages.filter((name) => !CALLS.has(name))).toEqual([]);
    },
  );

  it('usage, and its limit', async () => {
    expect(await at.text('usage')).toMatch(
      /0\.00 spent, no limit; begins anew \d{4}-\d\d-01 00:00 UTC\n\n  Nothing was used yet\.\n/,
    );
    expect(await at.json('usage limit 2.5')).toMatchObject({ limitMicros: '2500000', ownLimit: true });
    expect(await at.text('usage')).toContain('of 2.50, set for this tenant');
    expect(await at.json('usage')).toMatchObject({ budget: { limitMicros: '2500000' } });
    expect(await at.text('usage limit none')).toContain('no limit');
  });

  it('ends with a code by status, and says why in a sentence', async () => {
    const table: [line: string, code: number, says: RegExp][] = [
      ['stories rate nope 11', 3, /^ {2}rating: /m],
      ['story --child Mia --age 19 --interests stars', 3, /--age: must be/],
      ['stories get nope', 4, /STORY_NOT_FOUND/],
      ['define xyzzyq', 4, /No source knows "xyzzyq"/],
      ['story --child Mia --age 5 --interests stars --language fi', 6, /LANGUAGE_UNSUPPORTED/],
      ['story --child Mia --age 5 --interests stars --minutes 30 --deadline 1ms', 10, /deadline passed/],
      ['say hi --voice nobody', 4, /VOICE_UNKNOWN/],
      ['say hi --format mp3', 6, /FORMAT_UNSUPPORTED/],
      ['say hi --out nowhere/x.wav', 1, /nowhere cannot be written: ENOENT/],
      // Before anything is written, read aloud or paid for.
      ['define ocean --out nowhere/x.wav', 1, /nowhere cannot be written: ENOENT/],
      ['story --child Mia --age 5 --interests stars --out nowhere/x.wav', 1, /nowhere cannot be written: ENOENT/],
      ['stroy', 2, /Did you mean story\?/],
    ];
    const check = async ([line, code, says]: (typeof table)[number]) => {
      const result = await at.ended(line);
      expect({ line, ...result }).toMatchObject({ line, code, stdout: '' });
      expect(result.stderr).toMatch(says);
      expect(result.stderr).not.toMatch(/\n {4}at /);
    };
    await Promise.all(table.map(check));
  });

  it('tells a program of a failure in one JSON document, on standard error', async () => {
    const { code, stdout, stderr } = await at.ended('children get nope --json');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NOT_FOUND', reason: 'CHILD_NOT_FOUND', exitCode: 4 } });
  });

  it('says what is at the other end when it is not the mesh', async () => {
    const silent = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1');
    const http = createServer(
      (socket) => void socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ).listen(0, '127.0.0.1');
    await Promise.all([once(silent, 'listening'), once(http, 'listening')]);
    const addressOf = (server: typeof silent): string => `127.0.0.1:${(server.address() as { port: number }).port}`;
    const voices = (target: string) => at.ended('voices', { EXEMPLA_AUDIO_TARGET: target });
    const answers = await Promise.all([
      voices('127.0.0.1:1'),
      voices(addressOf(http)),
      voices(addressOf(silent)),
      voices(at.mesh.addressOf('storage')),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([11, 11, 11, 11]);
    expect(answers[0]!.stderr).toContain(
      'Nothing runs at 127.0.0.1:1, where audio should be.\n  Start the mesh: exempla up',
    );
    expect(answers[1]!.stderr).toContain('is not audio');
    expect(answers[2]!.stderr).toContain('Nothing comes back');
    expect(answers[3]!.stderr).toContain('is not audio');
    silent.close();
    http.close();
    expect(await voices('http://here')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('EXEMPLA_AUDIO_TARGET'),
    });
  });

  it('Ctrl-C ends what the services do for it, and says so', async () => {
    const program = at.started('story --child Mia --age 5 --interests stars --minutes 30');
    await eventually('the story is read aloud', async () => (await at.inFlight('audio')) > 0, START_LIMIT_MS);
    program.kill('SIGINT');
    await expect(program.ended).resolves.toMatchObject({ code: 130 });
    expect(program.stderr()).toContain('Cancelled; the services were told to stop.');
    for (const service of SERVICES)
      await eventually(`${service} has nothing left to do`, async () => (await at.inFlight(service)) === 0);
    await at.mesh.hopOf(
      'the cancelled call',
      ({ method, status }) => /StreamGenerateStory/.test(method) && status === 'CANCELLED',
    );
    await at.mesh.hopOf('the cancelled speech', ({ service, status }) => service === 'audio' && status === 'CANCELLED');
  });

  it('a reader that goes away ends the command and its work', async () => {
    const entry = fileURLToPath(new URL('../dist/exempla.main.js', import.meta.url));
    const args = [entry, ...words('story --child Mia --age 5 --interests stars --minutes 30 --json-lines')];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'] ?? '', ...at.targets },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, said }).toEqual({ code: 141, said: '' });
    for (const service of SERVICES)
      await eventually(`${service} has nothing left to do`, async () => (await at.inFlight(service)) === 0);
  });

  it('shows colour only where it is wanted', async () => {
    expect((await at.ended('voices', { FORCE_COLOR: '1' })).stdout).toContain('\u001b[');
    expect((await at.ended('voices --no-color', { FORCE_COLOR: '1' })).stdout).not.toContain('\u001b');
    expect((await at.ended('voices', { NO_COLOR: '1' })).stdout).not.toContain('\u001b');
  });

  it('keeps the data of tenants apart', async () => {
    const child = await at.json('children create --name Eva --age 5 --interests ice --tenant north');
    expect(await at.ended(`children get ${String(child['name'])} --tenant south`)).toMatchObject({ code: 4 });
    expect(await at.ended(`children get ${String(child['name'])}`, { EXEMPLA_TENANT: 'north' })).toMatchObject({
      code: 0,
    });
  });

  it('runs as the documentation has it', async () => {
    const documents = await Promise.all(
      ['docs/cli.md', 'README.md'].map((path) => readFile(new URL(path, ROOT), 'utf8')),
    );
    const found = documents.join('\n').matchAll(/^(?:npx )?exempla (.*?)(?: +#.*)?$/gm);
    const lines = [...new Set([...found].map(([, line]) => line!))];
    expect(lines.length).toBeGreaterThan(20);
    const ids = new Map<string, string>();
    for (const line of lines) {
      const [command = '', reader = ''] = line.replace(/[A-Z]{4,}/g, (what) => ids.get(what) ?? what).split(' | ');
      // Of a tenant who has nothing yet.
      const stdout = await at.text(command, { EXEMPLA_GATEWAY_PORT: '2', EXEMPLA_TENANT: 'reader' });
      if (reader.startsWith('jq')) for (const document of stdout.trim().split('\n')) JSON.parse(document);
      for (const [, folder, id] of stdout.matchAll(/(stor|childr|hero)[a-z]*\/([\w-]{36})/g))
        ids.set(WHAT[folder!]!, id!);
      const [, created] = /^(children|heroes) create/.exec(line) ?? [];
      if (created) ids.set(created === 'heroes' ? 'HERO' : 'CHILD', /[\w-]{36}/.exec(stdout)![0]);
    }
  }, 240_000);

  describe('the sync client (S1-35, S1-49)', () => {
    syncClient(() => at);
  });
  describe('doctor', () => {
    doctor(() => at);
  });

  it('left no complaint in any service', () => expect(at.mesh.complaints()).toEqual([]));
});
