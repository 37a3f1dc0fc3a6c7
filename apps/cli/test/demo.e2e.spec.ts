import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { noNetwork } from '@exempla/testing';
import { entryOf, SERVICES, startPostgres } from '@exempla/launch';
import type { DemoReport } from '../src/demo/report.ts';
import { goneWithin, isRoot, type Program, run, type RunOptions, workingDirectory } from './support.ts';

const NAMES = ['audio', 'examples', 'orchestrator', 'postgres', 'storage'];

// Each demo is a mesh from its start to its end.
jest.setTimeout(120_000);

// Every demo here runs where nothing outside of this machine can be reached, and the attempt is seen.
const network = await noNetwork();
afterAll(async () => network[Symbol.asyncDispose]());

const demo = (args: readonly string[], { env, ...options }: RunOptions): Program =>
  run('demo', args, { ...options, env: { ...network.env, ...env } });

async function finished(program: Program) {
  const { code } = await program.ended;
  if (code !== 0) throw new Error(`exit code ${code}: ${program.stderr()}`);
  expect([...program.started().keys()].toSorted()).toEqual(NAMES);
  expect(await goneWithin(1000, program.started().values())).toBe(true);
  return program.stdout();
}

/** Also fails on anything beside the one object. */
const reportOf = async (program: Program): Promise<DemoReport> => JSON.parse(await finished(program)) as DemoReport;

// One mesh for all of them; as a user that is not root, in a directory closed to others, where that can be tried.
describe('npm run demo -- --json', () => {
  let directory: Awaited<ReturnType<typeof workingDirectory>>;
  let report: DemoReport;
  beforeAll(async () => {
    const account = isRoot ? { account: { uid: 1, gid: 1 } } : {};
    directory = await workingDirectory(account.account);
    report = await reportOf(demo(['--json', '--deadline', '60s'], { cwd: directory.path, ...account }));
  });
  afterAll(async () => directory[Symbol.asyncDispose]());

  it('prints one object of the whole mesh at work (S0-25)', () => {
    const keys = ['term', 'madeBy', 'definition', 'examples', 'audio', 'degraded', 'hops', 'totalMs'];
    expect(Object.keys(report)).toEqual(keys);
    expect(report.madeBy).toEqual({ provider: 'lexical', host: null, fallbackReason: '', usage: [] });
    expect(report.term).toBe('entropy');
    expect(Object.keys(report.definition)).toEqual(['name', 'text', 'accepted', 'score', 'violations']);
    expect(report.degraded).toEqual([]);
    const kinds = ['ANTONYM', 'COUNTER', 'EXPLANATION', 'PRACTICAL', 'SENTENCE', 'SYNONYM'];
    expect(Object.keys(report.examples).toSorted()).toEqual(kinds);
    const items = Object.values(report.examples).flatMap((kind) => kind.items);
    for (const item of items) {
      expect(Object.keys(item)).toEqual(['text', 'relation', 'source']);
      expect(item.source).toMatch(/^wordnet:[nvars]\d{8}$/);
    }
    expect(Object.values(report.examples).filter((kind) => kind.items.length > 0).length).toBeGreaterThanOrEqual(3);
  });

  it('shows hops of four processes, no callee with more time left than its caller had (S0-04)', () => {
    const { hops, totalMs } = report;
    expect(new Set(hops.map(({ pid }) => pid)).size).toBe(4);
    expect(new Set(hops.map(({ service }) => service))).toEqual(
      new Set(['orchestrator', 'examples', 'audio', 'storage']),
    );
    const root = hops.find(({ service }) => service === 'orchestrator')!;
    expect(root.method).toBe('exempla.orchestrator.v1.DefinitionService/GenerateDefinition');
    expect(root.deadlineLeftMs).toBeLessThanOrEqual(60_000);
    expect(root.deadlineLeftMs).toBeGreaterThan(50_000);
    for (const hop of hops) {
      expect(Object.keys(hop).toSorted()).toEqual(
        ['deadlineLeftMs', 'durationMs', 'method', 'pid', 'service', 'startMs', 'status'].toSorted(),
      );
      expect(hop.status).toBe('OK');
      expect(hop.startMs).toBeGreaterThanOrEqual(0);
      expect(hop.startMs + hop.durationMs).toBeLessThanOrEqual(totalMs + 50);
      if (hop !== root) expect(hop.deadlineLeftMs).toBeLessThan(root.deadlineLeftMs);
    }
  });

  it('leaves a WAV file that says its own length', async () => {
    const { audio } = report;
    expect(audio?.file).toBe('demo-output/entropy.wav');
    expect(await readdir(join(directory.path, 'demo-output'))).toEqual(['entropy.wav']);
    const wav = await readFile(join(directory.path, audio!.file));
    expect(wav.length).toBe(audio!.bytes);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    expect(wav.readUInt32LE(wav.indexOf('data') + 4)).toBe(wav.length - wav.indexOf('data') - 8);
    const words = audio!.text.split(/\s+/).length;
    expect(audio!.seconds).toBeGreaterThan((words / 150) * 60 * 0.6);
    expect(audio!.seconds).toBeLessThan((words / 150) * 60 * 1.4);
  });
});

describe('npm run demo', () => {
  it('runs twice at once, offline and with a key, whatever PGSSLMODE asks of other servers, without colour or spinner', async () => {
    await using directory = await workingDirectory();
    const env = { PGSSLMODE: 'require' };
    // One of them with a key and nothing else, which is enough to ask OpenAI, and nobody but OpenAI.
    await using watched = await noNetwork();
    const withKey = { ...env, ...watched.env, OPENAI_API_KEY: 'sk-very-secret' };
    const programs = [
      demo(['--term', 'river'], { cwd: directory.path, env }),
      demo(['--term', 'running'], { cwd: directory.path, env: withKey }),
    ];
    const [river, running] = await Promise.all(programs.map(finished));
    expect(running!.replace(/\s+/g, ' ')).toContain('by lexical, in place of gpt-6-luna (TEXT_');
    const reached = await watched.reached();
    expect(new Set(reached.map(({ what, to }) => `${what} ${to}`))).toEqual(new Set(['connect api.openai.com:443']));
    const asking = new Set(reached.map(({ program }) => program));
    expect(asking).toContain(entryOf('examples'));
    // Who is asked for its voices where there is time.
    asking.delete(entryOf('audio'));
    expect(asking.size).toBe(1);
    expect(programs.map((program) => program.stdout() + program.stderr()).join('')).not.toContain('sk-very-secret');
    expect(river).toMatch(/^ {2}river {2}noun/m);
    expect(running).toMatch(/^ {2}running {2}/m);
    expect(river).toMatch(/hops in 4 processes/);
    expect(river).toMatch(/^ {2}by +lexical, offline\. With a model, in any language: OPENAI_API_KEY=…/m);
    // There is no terminal.
    for (const program of programs) expect(program.stdout() + program.stderr()).not.toContain('\u001b');
    const pids = programs.flatMap((program) => [...program.started().values()]);
    expect(new Set(pids).size).toBe(10);
    expect(await readdir(join(directory.path, 'demo-output'))).toEqual(['river.wav', 'running.wav']);
  });

  it('stops everything on SIGINT', async () => {
    await using directory = await workingDirectory();
    const program = demo([], { cwd: directory.path });
    await program.says(/orchestrator +port/);
    program.kill('SIGINT');
    await expect(program.ended).resolves.toMatchObject({ code: 130 });
    expect(await goneWithin(0, program.started().values())).toBe(true);
  });

  it('stops everything on SIGTERM, also while it starts', async () => {
    await using directory = await workingDirectory();
    const program = demo([], { cwd: directory.path });
    await program.says(/(audio|examples) +port/);
    program.kill('SIGTERM');
    await expect(program.ended).resolves.toMatchObject({ code: 143 });
    expect(await goneWithin(0, program.started().values())).toBe(true);
  });

  it('leaves no process 5 s after SIGKILL', async () => {
    await using directory = await workingDirectory();
    const program = demo([], { cwd: directory.path });
    await program.says(/orchestrator +port/);
    const pids = [...program.started().values()];
    expect(pids).toHaveLength(5);
    program.kill('SIGKILL');
    await program.ended;
    expect(await goneWithin(5000, pids)).toBe(true);
  });

  it('says which service did not start and why, and stops the others', async () => {
    await using directory = await workingDirectory();
    const program = demo([], { cwd: directory.path, env: { EXEMPLA_AUDIO_WORKERS: 'many' } });
    await expect(program.ended).resolves.toMatchObject({ code: 1 });
    expect(program.stderr()).toMatch(/audio ended at its start \(exit code 1\)/);
    expect(program.stderr()).toContain('EXEMPLA_AUDIO_WORKERS is "many"');
    expect(await goneWithin(0, program.started().values())).toBe(true);
  });

  it('on a server of DATABASE_ADMIN_URL leaves neither database nor role', async () => {
    await using directory = await workingDirectory();
    await using server = await startPostgres();
    const options = { cwd: directory.path, env: { DATABASE_ADMIN_URL: server.adminUrl } };
    // One that finishes though nobody reads its progress any more, and one that fails.
    const [unread, unknown] = [
      demo(['--json'], { ...options, leavesStderr: true }),
      demo(['--json', '--term', 'xyzzyq'], options),
    ];
    await expect(unread.ended).resolves.toMatchObject({ code: 0 });
    expect((JSON.parse(unread.stdout()) as DemoReport).term).toBe('entropy');
    await expect(unknown.ended).resolves.toMatchObject({ code: 4 });
    expect(unknown.stdout()).toBe('');
    expect(unknown.stderr()).toContain('No source knows "xyzzyq".');
    expect(unknown.started().has('postgres')).toBe(false);
    expect(await goneWithin(0, unknown.started().values())).toBe(true);
    const client = new pg.Client(server.adminUrl);
    await client.connect();
    const left = `select datname as name from pg_database where datname like 'exempla%'
                  union all select rolname from pg_roles where rolname like 'exempla\\_%'`;
    const { rows } = await client.query(left);
    await client.end();
    expect(rows).toEqual([]);
  });

  it('says where it cannot write, in a sentence, before it starts anything', async () => {
    await using directory = await workingDirectory();
    await writeFile(join(directory.path, 'demo-output'), '');
    const program = demo(['--json'], { cwd: directory.path });
    await expect(program.ended).resolves.toMatchObject({ code: 1 });
    expect(program.stderr()).toContain(`${join(directory.path, 'demo-output')} cannot be written: EEXIST`);
    expect(program.stderr()).not.toContain('    at ');
    expect(program.started().size).toBe(0);
  });

  it.each([
    ['no URL', 'postgresql://u:s3cret@127.0.0.1:99999/x', 2, 'DATABASE_ADMIN_URL is not a URL'],
    ['no server', 'postgresql://u:s3cret@127.0.0.1:1/x', 1, 'PostgreSQL at 127.0.0.1:1 cannot be used: connect ECONN'],
  ])('says that DATABASE_ADMIN_URL names %s, and shows no password', async (_, url, code, message) => {
    await using directory = await workingDirectory();
    const program = demo([], { cwd: directory.path, env: { DATABASE_ADMIN_URL: url } });
    await expect(program.ended).resolves.toMatchObject({ code });
    expect(program.stderr()).toContain(message);
    expect(program.stdout() + program.stderr()).not.toMatch(/s3cret|\n {4,}at /);
  });

  it('says what is wrong with the command line before it starts anything', async () => {
    await using directory = await workingDirectory();
    const program = demo(['--deadline', 'soon'], { cwd: directory.path });
    await expect(program.ended).resolves.toMatchObject({ code: 2 });
    expect(program.stderr()).toContain('--deadline: "soon" is not a duration');
    expect(program.started().size).toBe(0);
  });
  // After all the others.
  it('reached for nothing outside of this machine without a key, in any process and any thread', async () => {
    const { programs, threads } = await network.guarded();
    for (const { name } of SERVICES) expect([...programs]).toContain(entryOf(name));
    // Those of WordNet, of speech and of the stories.
    expect(threads).toBeGreaterThan(3);
    expect(await network.reached()).toEqual([]);
  });
});
