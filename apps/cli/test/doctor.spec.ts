import { describe, expect, it } from '@jest/globals';
import { type Check, isHealthy, ok } from '../src/doctor/check.ts';
import { checkClock, checkGateway } from '../src/doctor/gateway.ts';
import { checkDisk, checkNode, checkPlatform } from '../src/doctor/machine.ts';
import { checkServices, type Found } from '../src/doctor/services.ts';
import { checkSettings, problemIn, type Reading } from '../src/doctor/settings.ts';
import { doctorView } from '../src/terminal/doctor-view.ts';
import { PLAIN } from '../src/terminal/style.ts';
import { widthOf } from '../src/terminal/text.ts';

const EXPECTED = { version: '0.1.0', ports: { audio: 50053, storage: 50054 } };
const found = (change: Partial<Found> = {}): Found => ({
  service: 'audio',
  target: '127.0.0.1:50053',
  state: 'serving',
  says: { service: 'audio', version: '0.1.0' },
  ms: 2,
  holder: { pid: 42, command: 'node main.js' },
  ...change,
});
const UNNAMED = { service: '', version: '' };
const other = found({ service: 'storage', target: '127.0.0.1:50054', says: { service: 'storage', version: '0.1.0' } });

describe('what the doctor says of the services', () => {
  it.each<[string, Partial<Found>, Check['level'], RegExp, RegExp | undefined]>([
    ['it serves', {}, 'ok', /^127\.0\.0\.1:50053 serving, 0\.1\.0, 2 ms, process 42$/, undefined],
    ['another version serves', { says: { service: 'audio', version: '0.0.9' } }, 'warn', /0\.0\.9/, /npm run build/],
    ['it does not serve', { state: 'not-serving' }, 'fail', /does not serve/, /\.exempla\/logs\/audio\.log/],
    ['nothing runs', { state: 'nobody', says: UNNAMED, holder: undefined }, 'fail', /^nothing runs at/, /exempla up/],
    [
      'a foreign process has the port',
      { state: 'other', says: UNNAMED, holder: { pid: 7, command: 'python3 -m http.server' } },
      'fail',
      /is taken: process 7 \(python3 -m http\.server\) is not audio/,
      /^End it: kill 7\. Or take another port: EXEMPLA_AUDIO_PORT=50153 exempla up$/,
    ],
    [
      'the port is of somebody who keeps silent',
      { state: 'silent', says: UNNAMED },
      'fail',
      /nothing comes back from .*: process 42 \(.*\) hangs, or is not audio/,
      /kill 42/,
    ],
    [
      'the target is wrong: another service',
      { state: 'other', says: { service: 'examples', version: '0.1.0' } },
      'fail',
      /is examples, not audio/,
      /^Correct EXEMPLA_AUDIO_TARGET; the usual one is 127\.0\.0\.1:50053$/,
    ],
    [
      'the target is wrong: another machine',
      { target: 'far.example:443', state: 'other', says: UNNAMED, holder: undefined },
      'fail',
      /^far\.example:443 is taken/,
      /Correct EXEMPLA_AUDIO_TARGET, or its TLS/,
    ],
    [
      'the host is not known',
      { state: 'unresolved', says: UNNAMED },
      'fail',
      /host of .* is not known/,
      /EXEMPLA_AUDIO_TARGET/,
    ],
  ])('%s', (_, change, level, says, todo) => {
    const [check] = checkServices([found(change), other], EXPECTED);
    expect(check).toMatchObject({ name: 'audio', level, says: expect.stringMatching(says) });
    if (todo) expect(check?.todo).toMatch(todo);
    else expect(check).not.toHaveProperty('todo');
  });

  it('says once that nothing runs at all', () => {
    const nobody = { state: 'nobody', says: UNNAMED, holder: undefined } as const;
    const checks = checkServices([found(nobody), { ...other, ...nobody }], EXPECTED);
    expect(checks).toEqual([
      expect.objectContaining({
        name: 'mesh',
        level: 'fail',
        todo: expect.stringContaining('exempla up, or npm run up'),
      }),
    ]);
  });

  it.each([
    ['serving', 'ok'],
    ['not-serving', 'fail'],
  ] as const)('knows of the database by storage: %s', (state, level) =>
    expect(checkServices([found(), { ...other, state }], EXPECTED).at(-1)).toMatchObject({ name: 'database', level }),
  );
});

describe('what the doctor says of settings', () => {
  const audio: Reading = { service: 'audio', settings: new Map([['EXEMPLA_AUDIO_WORKERS', '2']]) };

  it('shows what is set, secrets masked', () => {
    const env = { EXEMPLA_AUDIO_WORKERS: '3', EXEMPLA_TOKEN: 's3cret', PATH: '/bin' };
    expect(checkSettings(env, [audio], [])).toEqual([ok('settings', 'EXEMPLA_AUDIO_WORKERS=3 EXEMPLA_TOKEN=[secret]')]);
    expect(checkSettings({}, [audio], [])).toEqual([ok('settings', 'defaults')]);
  });

  it('names the nearest of a variable that nobody reads', () => {
    expect(checkSettings({ EXEMPLA_AUDIO_WORKRES: '3' }, [audio], [])).toEqual([
      {
        name: 'settings',
        level: 'warn',
        says: 'EXEMPLA_AUDIO_WORKRES is read by nothing',
        todo: 'Did you mean EXEMPLA_AUDIO_WORKERS?',
      },
    ]);
  });

  it('knows the variables of providers, and shows no key', () => {
    const examples: Reading = {
      service: 'examples',
      settings: new Map([
        ['OPENAI_API_KEY', ''],
        ['OPENAI_MODELS', ''],
      ]),
    };
    const env = { OPENAI_API_KEY: 's3cret', OPENAI_CUSTOM_HEADERS: 'x-key: s3cret', OPENAI_MODELS: 'small' };
    expect(checkSettings(env, [examples], [])).toEqual([
      ok('settings', 'OPENAI_API_KEY=[secret] OPENAI_CUSTOM_HEADERS=[secret] OPENAI_MODELS=small'),
    ]);
    expect(checkSettings({ OPENAI_MODEL: 'small' }, [examples], [])).toEqual([
      expect.objectContaining({ says: 'OPENAI_MODEL is read by nothing', todo: 'Did you mean OPENAI_MODELS?' }),
    ]);
    const broken = { service: 'audio', problem: 'broken' };
    expect(checkSettings({ ELEVENLABS_ANY: '1' }, [examples, broken], [])).toHaveLength(1);
  });

  it('tells why a service would not start, and does not judge what it did not get to read', () => {
    const reading = { service: 'audio', problem: 'EXEMPLA_AUDIO_WORKERS is "many"' };
    const checks = checkSettings(
      { EXEMPLA_AUDIO_WORKERS: 'many', EXEMPLA_AUDIO_ANY: '1' },
      [reading],
      ['EXEMPLA_X is "y"'],
    );
    expect(checks.map(({ level, says }) => `${level} ${says}`)).toEqual([
      'fail EXEMPLA_X is "y"',
      'fail audio: EXEMPLA_AUDIO_WORKERS is "many"',
    ]);
  });

  it('reads the reason from the last line of a log', () => {
    expect(problemIn('{"msg":"a"}\n{"level":60,"msg":"b"}\n')).toBe('b');
    expect(problemIn('Segmentation fault')).toBeUndefined();
  });
});

describe('what the doctor says of the machine', () => {
  it.each([
    [checkNode('v26.10.0'), 'ok'],
    [checkNode('v22.1.0'), 'fail'],
    [checkPlatform('linux', 'arm64'), 'ok'],
    [checkPlatform('win32', 'x64'), 'warn'],
    [checkDisk('/x', 50e9), 'ok'],
    [checkDisk('/x', 1e9), 'warn'],
    [checkDisk('/x', 1e6), 'fail'],
    [checkClock(1e12, { error: 'ECONNREFUSED' }), 'ok'],
    [checkClock(1e12, { status: 200, ready: true, skewMs: 4000 }), 'ok'],
    [checkClock(1e12, { status: 200, ready: true, skewMs: 60_000 }), 'fail'],
  ])('%j', (check, level) => {
    expect(check.level).toBe(level);
    expect(check.todo === undefined).toBe(level === 'ok');
  });

  it('knows the gateway from somebody else', async () => {
    expect(await checkGateway(1, { status: 200, ready: true, skewMs: undefined })).toMatchObject({ level: 'ok' });
    expect(await checkGateway(1, { status: 404, ready: false, skewMs: undefined })).toMatchObject({
      level: 'fail',
      says: expect.stringContaining('is not the gateway'),
    });
  });
});

describe('doctorView', () => {
  const checks: Check[] = [
    ok('node', 'v26'),
    { name: 'audio', level: 'fail', says: `nothing ${'here '.repeat(30)}`, todo: 'Start it: exempla up' },
  ];

  it.each([50, 80, 120])('stays within %d columns, and says below what to do', (width) => {
    const lines = doctorView(checks, width, PLAIN);
    for (const line of lines) expect(widthOf(line)).toBeLessThan(width);
    expect(lines.join('\n')).toMatch(/fail {2}audio[\s\S]*→ Start it: exempla up\n\n {2}1 failed, 1 ok\.$/);
  });

  it('is healthy without a fail', () => {
    expect([isHealthy(checks), isHealthy(checks.slice(0, 1))]).toEqual([false, true]);
    expect(doctorView(checks.slice(0, 1), 80, PLAIN).at(-1)).toBe('  All is well.');
  });
});
