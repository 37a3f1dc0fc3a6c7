import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '@exempla/launch';
import type { DemoReport } from '../src/demo/report.ts';
import { goneWithin, isRoot, type Program, run, workingDirectory } from './support.ts';

const NAMES = ['audio', 'examples', 'orchestrator', 'postgres', 'storage'];

async function finished(program: Program) {
  const { code } = await program.ended;
  if (code !== 0) throw new Error(`exit code ${code}: ${program.stderr()}`);
  expect([...program.started().keys()].toSorted()).toEqual(NAMES);
  expect(await goneWithin(1000, program.started().values())).toBe(true);
  return program.stdout();
}

/** Also fails on anything beside the one object. */
const reportOf = async (program: Program): Promise<DemoReport> => JSON.parse(await finished(program)) as DemoReport;

describe('npm run demo -- --json', () => {
  it('prints one object of the whole mesh at work (S0-25)', async () => {
    await using directory = await workingDirectory();
    const report = await reportOf(run('demo', ['--json'], { cwd: directory.path }));

    expect(Object.keys(report)).toEqual(['term', 'definition', 'examples', 'audio', 'degraded', 'hops', 'totalMs']);
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

  it('shows hops of four processes, no callee with more time left than its caller had (S0-04)', async () => {
    await using directory = await workingDirectory();
    const { hops, totalMs } = await reportOf(run('demo', ['--json', '--deadline', '60s'], { cwd: directory.path }));
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
    await using directory = await workingDirectory();
    const { audio } = await reportOf(run('demo', ['--json', '--term', 'river'], { cwd: directory.path }));
    expect(audio?.file).toBe('demo-output/river.wav');
    expect(await readdir(join(directory.path, 'demo-output'))).toEqual(['river.wav']);
    const wav = await readFile(join(directory.path, audio!.file));
    expect(wav.length).toBe(audio!.bytes);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    expect(wav.readUInt32LE(wav.indexOf('data') + 4)).toBe(wav.length - wav.indexOf('data') - 8);
    const words = audio!.text.split(/\s+/).length;
    expect(audio!.seconds).toBeGreaterThan((words / 150) * 60 * 0.6);
    expect(audio!.seconds).toBeLessThan((words / 150) * 60 * 1.4);
  });

  it('prints nothing on standard output when the term is unknown', async () => {
    await using directory = await workingDirectory();
    const program = run('demo', ['--json', '--term', 'xyzzyq'], { cwd: directory.path });
    await expect(program.ended).resolves.toMatchObject({ code: 4 });
    expect(program.stdout()).toBe('');
    expect(program.stderr()).toContain('No source knows "xyzzyq".');
    expect(await goneWithin(0, program.started().values())).toBe(true);
  });

  (isRoot ? it : it.skip)('runs as a user that is not root, in a directory closed to others', async () => {
    const account = { uid: 1, gid: 1 };
    await using directory = await workingDirectory(account);
    const report = await reportOf(run('demo', ['--json'], { cwd: directory.path, account }));
    expect(report.audio?.bytes).toBeGreaterThan(0);
  });
});

describe('npm run demo', () => {
  it('runs twice at once', async () => {
    await using directory = await workingDirectory();
    const programs = ['river', 'running'].map((term) => run('demo', ['--term', term], { cwd: directory.path }));
    const [river, running] = await Promise.all(programs.map(finished));
    expect(river).toMatch(/^ {2}river {2}noun/m);
    expect(running).toMatch(/^ {2}running {2}/m);
    expect(river).toMatch(/hops in 4 processes/);
    const pids = programs.flatMap((program) => [...program.started().values()]);
    expect(new Set(pids).size).toBe(10);
    expect(await readdir(join(directory.path, 'demo-output'))).toEqual(['river.wav', 'running.wav']);
  });

  it('has no colour and no spinner where there is no terminal', async () => {
    await using directory = await workingDirectory();
    const program = run('demo', ['--term', 'river'], { cwd: directory.path });
    await finished(program);
    expect(program.stdout() + program.stderr()).not.toContain('\u001b');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops everything on %s', async (signal) => {
    await using directory = await workingDirectory();
    const program = run('demo', [], { cwd: directory.path });
    await program.says(/orchestrator +port/);
    program.kill(signal);
    await expect(program.ended).resolves.toMatchObject({ code: signal === 'SIGINT' ? 130 : 143 });
    expect(await goneWithin(0, program.started().values())).toBe(true);
  });

  it('stops everything when interrupted while it starts', async () => {
    await using directory = await workingDirectory();
    const program = run('demo', [], { cwd: directory.path });
    await program.says(/(audio|examples) +port/);
    program.kill('SIGINT');
    await expect(program.ended).resolves.toMatchObject({ code: 130 });
    expect(await goneWithin(0, program.started().values())).toBe(true);
  });

  it('leaves no process 5 s after SIGKILL', async () => {
    await using directory = await workingDirectory();
    const program = run('demo', [], { cwd: directory.path });
    await program.says(/orchestrator +port/);
    const pids = [...program.started().values()];
    expect(pids).toHaveLength(5);
    program.kill('SIGKILL');
    await program.ended;
    expect(await goneWithin(5000, pids)).toBe(true);
  });

  it('says which service did not start and why, and stops the others', async () => {
    await using directory = await workingDirectory();
    const program = run('demo', [], { cwd: directory.path, env: { EXEMPLA_AUDIO_WORKERS: 'many' } });
    await expect(program.ended).resolves.toMatchObject({ code: 1 });
    expect(program.stderr()).toMatch(/audio ended at its start \(exit code 1\)/);
    expect(program.stderr()).toContain('EXEMPLA_AUDIO_WORKERS is "many"');
    expect(await goneWithin(0, program.started().values())).toBe(true);
  });

  it('on a server of DATABASE_ADMIN_URL leaves neither database nor role', async () => {
    await using directory = await workingDirectory();
    await using server = await startPostgres();
    const env = { DATABASE_ADMIN_URL: server.adminUrl };
    const program = run('demo', ['--json'], { cwd: directory.path, env });
    await expect(program.ended).resolves.toMatchObject({ code: 0 });
    expect(program.started().has('postgres')).toBe(false);
    const client = new pg.Client(server.adminUrl);
    await client.connect();
    const left = `select datname as name from pg_database where datname like 'exempla%'
                  union all select rolname from pg_roles where rolname like 'exempla\\_%'`;
    const { rows } = await client.query(left);
    await client.end();
    expect(rows).toEqual([]);
  });

  it('finishes when nobody reads its progress any more, whatever PGSSLMODE asks of other servers', async () => {
    await using directory = await workingDirectory();
    const env = { PGSSLMODE: 'require' };
    const program = run('demo', ['--json'], { cwd: directory.path, env, leavesStderr: true });
    await expect(program.ended).resolves.toMatchObject({ code: 0 });
    expect((JSON.parse(program.stdout()) as DemoReport).term).toBe('entropy');
  });

  it('says where it cannot write, in a sentence', async () => {
    await using directory = await workingDirectory();
    await writeFile(join(directory.path, 'demo-output'), '');
    const program = run('demo', ['--json'], { cwd: directory.path });
    await expect(program.ended).resolves.toMatchObject({ code: 1 });
    expect(program.stderr()).toContain(`${join(directory.path, 'demo-output')} cannot be written: EEXIST`);
    expect(program.stderr()).not.toContain('    at ');
  });

  it.each([
    ['no URL', 'postgresql://u:s3cret@127.0.0.1:99999/x', 2, 'DATABASE_ADMIN_URL is no URL'],
    ['no server', 'postgresql://u:s3cret@127.0.0.1:1/x', 1, 'PostgreSQL at 127.0.0.1:1 cannot be used: connect ECONN'],
  ])('says that DATABASE_ADMIN_URL names %s, and shows no password', async (_, url, code, message) => {
    await using directory = await workingDirectory();
    const program = run('demo', [], { cwd: directory.path, env: { DATABASE_ADMIN_URL: url } });
    await expect(program.ended).resolves.toMatchObject({ code });
    expect(program.stderr()).toContain(message);
    expect(program.stdout() + program.stderr()).not.toMatch(/s3cret|\n {4,}at /);
  });

  it('says what is wrong with the command line before it starts anything', async () => {
    await using directory = await workingDirectory();
    const program = run('demo', ['--deadline', 'soon'], { cwd: directory.path });
    await expect(program.ended).resolves.toMatchObject({ code: 2 });
    expect(program.stderr()).toContain('--deadline: "soon" is not a duration');
    expect(program.started().size).toBe(0);
  });
});
