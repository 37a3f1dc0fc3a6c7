import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SERVICES } from '@exempla/launch';
import { noNetwork, startScriptedOpenAi } from '@exempla/testing';
import { canIsolate, run, workingDirectory } from './support.ts';
import { startTestMesh, type ServiceName, type TestMesh } from './test-mesh.ts';

const root = new URL('../../../', import.meta.url);
const readme = await readFile(new URL('README.md', root), 'utf8');
const commandsIn = (text: string): string[] => {
  const shell = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
  return shell.map((line) => line.replace(/\s+#.*$/, ''));
};
const commands = commandsIn(readme);

/** `npm run demo -- --term contract …` */
const isDemo = (line: string): boolean => line.startsWith('npm run demo -- ');
const withModel = commandsIn(/^## With a model$[\s\S]*?^## /m.exec(readme)?.[0] ?? '').filter(isDemo);
const demos = commands.filter((line) => isDemo(line) && !withModel.includes(line));
/** `grpcurl -plaintext -d '{…}' 127.0.0.1:50051 package.Service/Method` */
const GRPCURL = /^grpcurl -plaintext -d '(.*)' 127\.0\.0\.1:(\d+) (\S+)$/;
const calls = commands.filter((line) => line.startsWith('grpcurl'));

const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);

const KEY = 'sk-very-secret';
/** Good for each of the questions that a definition takes. */
const A_BICYCLE = `definition: voertuig met twee wielen dat door spierkracht wordt voortbewogen
- De buurvrouw rijdt elke ochtend op haar fiets naar het station. || Zij beweegt hem met haar eigen kracht voort.
- De koerier bezorgt de post in de binnenstad op een fiets. || Ook dat is een voertuig met twee wielen.
- Het kind leert in het park te rijden zonder zijwieltjes. || De wielen zijn er twee.`;

/** The processes that have the text in their environment. */
async function holdersOf(secret: string, processes: ReadonlyMap<string, number>): Promise<string[]> {
  const environments = [...processes].map(async ([name, pid]) => {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    return environment.includes(secret) ? [name] : [];
  });
  return (await Promise.all(environments)).flat().toSorted();
}

// Each demo is a mesh from its start to its end.
jest.setTimeout(120_000);

describe('the commands of the README', () => {
  let mesh: TestMesh;
  beforeAll(async () => {
    mesh = await startTestMesh();
  });
  afterAll(async () => mesh[Symbol.asyncDispose]());

  // Definitions and a story, both read aloud: without a key there is nothing that they need a network for.
  it.each(demos)('%s', async (line) => {
    await using directory = await workingDirectory();
    await using network = await noNetwork();
    const options = { cwd: directory.path, env: { ...network.env }, isolated: canIsolate };
    const program = run('demo', words(line).slice(4), options);
    expect({ ...(await program.ended), stderr: '' }).toMatchObject({ code: 0 });
    expect(program.stdout()).not.toBe('');
    // A busy machine may not read aloud within a deadline.
    if (!line.includes('--deadline')) expect(program.stdout()).not.toMatch(/ missing +narration/);
    expect(await network.reached()).toEqual([]);
  });

  it.each(withModel)('with a key: %s', async (line) => {
    await using upstream = await startScriptedOpenAi({ type: 'say', text: A_BICYCLE });
    await using network = await noNetwork();
    await using directory = await workingDirectory();
    const given = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODELS: 'small=1/2' };
    const program = run('demo', words(line).slice(4), { cwd: directory.path, env: { ...network.env, ...given } });
    const { host } = new URL(upstream.baseUrl);
    await program.says(/(?:port \d+, pid \d+[\s\S]*){5}/);
    const holders = await holdersOf(KEY, program.started());
    expect({ ...(await program.ended), stderr: program.stderr() }).toMatchObject({ code: 0 });

    expect(program.stderr()).toMatch(new RegExp(`^ {2}model +small at ${host}$`, 'm'));
    expect(program.stdout()).toMatch(new RegExp(`^ {2}by +small at ${host}$`, 'm'));
    expect(program.stdout()).toMatch(/^ {12}small: \d+ answers, \d+ \+ \d+ tokens, \$0\.00\d\d$/m);
    expect(program.stdout()).toContain('voertuig met twee wielen');
    expect(upstream.requests.length).toBeGreaterThanOrEqual(7);
    expect(new Set(upstream.requests.map(({ apiKey }) => apiKey))).toEqual(new Set([KEY]));
    // Least privilege: of five processes three have the key, and nobody says it.
    if (process.platform === 'linux') expect(holders).toEqual(['audio', 'examples', 'orchestrator']);
    expect(program.stdout() + program.stderr()).not.toContain(KEY);
    expect(await network.reached()).toEqual([]);
  });

  it('says that Dutch and every other language come with a model provider, and shows it', () => {
    expect(readme).toContain('Dutch and every other language come with a model provider');
    expect(withModel).toContainEqual(expect.stringContaining('--language nl'));
  });

  // Whoever pastes them one after the other is not to be told that it is there already.
  it('defines no term twice in the mesh that runs', () => {
    const defining = commands.filter((line) => /exempla define|\/(?:Generate|Stream)Definition\b/.test(line));
    const terms = defining.map((line) => /define (\w+)|"term":"(\w+)"/.exec(line)?.slice(1).join(''));
    expect(terms.length).toBeGreaterThan(3);
    expect(new Set(terms).size).toBe(terms.length);
  });

  it('has a grpcurl line for every service', () => {
    const ports = calls.map((line) => Number(GRPCURL.exec(line)?.[2]));
    expect(new Set(ports)).toEqual(new Set(SERVICES.map(({ port }) => port)));
  });

  // buf curl speaks grpcurl's protocol and comes with `npm ci`.
  it.each(calls)('%s', async (line) => {
    const [, body, port, method] = GRPCURL.exec(line)!;
    const service = SERVICES.find((one) => one.port === Number(port))!.name as ServiceName;
    const url = `http://${mesh.addressOf(service)}/${method}`;
    const args = ['curl', '--protocol', 'grpc', '--http2-prior-knowledge', '-d', body!, url];
    const buf = fileURLToPath(new URL('node_modules/.bin/buf', root));
    const { stdout } = await promisify(execFile)(buf, args);
    expect(stdout).toContain('{');
  });

  it('names only npm verbs that exist', async () => {
    const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, verb]) => verb!);
    expect(named.filter((verb) => !(verb in scripts))).toEqual([]);
  });

  it('names every folder it has, and no other', async () => {
    const { stdout } = await promisify(execFile)('git', ['ls-files', 'packages', 'services', 'apps'], {
      cwd: fileURLToPath(root),
    });
    const folders = new Set(
      stdout.split('\n').flatMap((path) => /^(?:packages|services|apps)\/[^/]+/.exec(path) ?? []),
    );
    for (const folder of folders) expect(readme).toContain(`\`${folder}\``);
  });
});
