// packages/rpc and packages/telemetry as somebody else gets them: packed, installed in an empty folder, and the example of
// the README built and run there, with a proto that is not ours. npm run e2e:pack
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from './command.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const README = 'packages/rpc/README.md';
const SECTION = '## Use it in your own service';
const PACKAGES = ['packages/telemetry', 'packages/rpc'];
/** More than this is not code alone. */
const MAX_PACKED_BYTES = 200_000;
const READY_MS = 20_000;
const EXIT_MS = 10_000;
/** What the README says to install, in the versions this repository is tested with. */
const INSTALLED = ['@nestjs/common', '@nestjs/core', '@nestjs/microservices', 'reflect-metadata', 'rxjs'];
const DEVELOPED_WITH = ['@bufbuild/buf', 'ts-proto', 'typescript', '@types/node'];

/** What a client in the folder sees of the defaults, as JSON. A caller of grpc-js alone sends no deadline. */
const CALLS = `
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { checkHealth, createClient, openChannel } from '@exempla/rpc/client';
import { WeatherServiceDefinition as Weather, GetForecastRequest } from './dist/gen/weather/v1/weather.js';

const target = process.argv[2];
const channel = openChannel(target, [Weather]);
const weather = createClient(Weather, channel);
const bare = new Client(target, credentials.createInsecure());
const failure = async (call) => {
  const begin = performance.now();
  const error = await call.then(() => ({}), (thrown) => thrown);
  const { code, reason, details } = error;
  return { code, reason, fields: details?.violations?.map(({ field }) => field), ms: performance.now() - begin };
};
/** What grpcurl asks first: which services there are. */
const reflects = () => new Promise((resolve) => {
  const same = (bytes) => bytes;
  const call = bare.makeBidiStreamRequest('/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', same, same);
  call.on('error', (error) => resolve(error.message));
  call.on('data', (bytes) => {
    resolve(bytes.includes('weather.v1.WeatherService'));
    call.end();
  });
  call.write(Buffer.from([0x3a, 0]));
});
const as = (city, days = 0) => weather.getForecast({ city, days }, { tenant: 'you' });
const none = failure(new Promise((resolve, reject) => {
  const metadata = new Metadata();
  metadata.set('exempla-tenant', 'you');
  const write = (request) => Buffer.from(GetForecastRequest.encode(GetForecastRequest.fromPartial(request)).finish());
  bare.makeUnaryRequest('/weather.v1.WeatherService/GetForecast', write, (bytes) => bytes, { city: 'Nowhere' }, metadata,
    (error, reply) => (error ? reject(error) : resolve(reply)));
}));
console.log(JSON.stringify({
  none: await none,
  invalid: await failure(as('', 11)),
  unknown: await failure(as('Atlantis')),
  health: await checkHealth(channel),
  reflected: await reflects(),
}));
channel.close();
bare.close();
`;

/** Preloaded: says at the end which packages that serve were loaded. */
const TELL_SERVING = `
import { registerHooks } from 'node:module';
const serving = new Set();
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const [, name] = /.*\\/node_modules\\/(@nestjs\\/[^/]+|@bufbuild\\/protovalidate|pino)\\//.exec(found.url) ?? [];
    if (name) serving.add(name);
    return found;
  },
});
process.on('exit', () => console.log('serving:', [...serving].join() || 'nothing'));
`;

let passed = 0;
let failed = 0;
function check(what, held, detail = '') {
  if (held) passed += 1;
  else failed += 1;
  console.log(`${held ? '✓' : '✗'} ${what}${held ? '' : `\n${detail}`}`);
}

const folder = await mkdtemp(join(tmpdir(), 'exempla-pack-'));
try {
  const tarballs = [];
  for (const name of PACKAGES) tarballs.push(await pack(name));
  await unfold();
  await install(tarballs);
  const built =
    (await step('buf generate', 'buf', ['generate'])) &&
    (await step('buf build', 'buf', ['build', '-o', 'image.binpb']));
  if (built && (await step('tsc', 'tsc', ['-p', '.']))) await serveAndCall();
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Packs one package, and looks at what is in it. */
async function pack(name) {
  const { code, output } = await run(join(root, name), 'npm', ['pack', '--json', '--pack-destination', folder]);
  if (code !== 0) throw new Error(output);
  // `prepack` may say something before.
  const [packed] = JSON.parse(output.slice(output.indexOf('[\n')));
  const paths = packed.files.map(({ path }) => path);
  const foreign = paths.filter(
    (path) =>
      !/^(?:dist|proto|third_party)\/|^(?:package\.json|README\.md|LICENSE)$/.test(path) || /\.spec\./.test(path),
  );
  check(
    `${name}: ${paths.length} files, ${packed.size} bytes, nothing but what runs`,
    foreign.length === 0,
    foreign.join('\n'),
  );
  check(
    `${name}: its code is in it`,
    paths.includes('dist/index.js') && paths.includes('dist/index.d.ts') && paths.includes('LICENSE'),
    paths.join('\n'),
  );
  check(`${name}: at most ${MAX_PACKED_BYTES} bytes`, packed.size <= MAX_PACKED_BYTES);
  return join(folder, packed.filename);
}

/** Writes the files of the README's section: each fenced block that begins with a comment naming a file. */
async function unfold() {
  const text = await readFile(join(root, README), 'utf8');
  const section = text.slice(text.indexOf(SECTION));
  const blocks = [...section.matchAll(/^```\w+\n(?:\/\/|#) (\S+\.\w+)\n([\s\S]*?)^```$/gm)];
  for (const [, path, content] of blocks) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  check(`${README}: ${blocks.length} files`, blocks.length === 5, blocks.map(([, path]) => path).join(', '));
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    experimentalDecorators: true,
    outDir: 'dist',
    rootDir: 'src',
    types: ['node'],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
}

async function install(tarballs) {
  const dependencies = Object.fromEntries(
    await Promise.all(INSTALLED.map(async (name) => [name, await versionOf(name)])),
  );
  const devDependencies = Object.fromEntries(
    await Promise.all(DEVELOPED_WITH.map(async (name) => [name, await versionOf(name)])),
  );
  for (const path of tarballs)
    dependencies[path.includes('telemetry') ? '@exempla/telemetry' : '@exempla/rpc'] = `file:${path}`;
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies, devDependencies }),
  );
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run(folder, 'npm', ['install', ...options]);
  check('npm install', code === 0, output);
  const nests = await readdir(join(folder, 'node_modules/@exempla/rpc/node_modules/@nestjs')).catch(() => []);
  check('there is one Nest', nests.length === 0, nests.join());
}

async function versionOf(name) {
  return JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

async function step(what, command, args) {
  const { code, output } = await run(folder, command, args);
  check(what, code === 0, output);
  return code === 0;
}

async function serveAndCall() {
  const env = { ...process.env, EXEMPLA_DEV: '1', EXEMPLA_WEATHER_PORT: '0' };
  const server = spawn(process.execPath, ['dist/main.js'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  try {
    const port = await Promise.race([
      listening(server),
      exited.then(([code]) => Promise.reject(new Error(`exit ${code}`))),
    ]);
    await callIt(`127.0.0.1:${port}`);
    const begin = performance.now();
    server.kill('SIGTERM');
    const [code] = await Promise.race([exited, after(EXIT_MS, ['still there'])]);
    check(`SIGTERM: exit 0 after ${Math.round(performance.now() - begin)} ms`, code === 0, String(code));
  } finally {
    server.kill('SIGKILL');
  }
}

/** The port in the first line that says so. The lines that follow are read, or the server would wait. */
function listening(server) {
  const lines = createInterface(server.stdout);
  const found = new Promise((resolve) => {
    lines.on('line', (line) => {
      const { event, port } = JSON.parse(line);
      if (event === 'listening') resolve(port);
    });
  });
  return Promise.race([found, after(READY_MS).then(() => Promise.reject(new Error('does not listen')))]);
}

async function callIt(target) {
  await writeFile(join(folder, 'tell-serving.mjs'), TELL_SERVING);
  const example = await run(folder, process.execPath, ['--import', './tell-serving.mjs', 'dist/client.js', target]);
  check(
    'the client of the README, a second process',
    /Oslo[\s\S]*21[\s\S]*0 20\n1 21\n2 22/.test(example.output),
    example.output,
  );
  check('it loads nothing that serves', /^serving: nothing$/m.test(example.output), example.output);
  await writeFile(join(folder, 'calls.mjs'), CALLS);
  const { code, output } = await run(folder, process.execPath, ['calls.mjs', target]);
  const seen = code === 0 ? JSON.parse(output) : {};
  check(
    'a call without a deadline gets the 300 ms of its method',
    seen.none?.code === 4 && seen.none.ms < 1_500,
    output,
  );
  check('an invalid request is refused with all its fields', seen.invalid?.fields?.join() === 'city,days', output);
  check('an error has its reason', seen.unknown?.reason === 'CITY_UNKNOWN' && seen.unknown.code === 5, output);
  check('health is there', seen.health === 'SERVING', output);
  check('reflection is there', seen.reflected === true, output);
}

async function after(ms, value) {
  await new Promise((resolve) => setTimeout(resolve, ms).unref());
  return value;
}
