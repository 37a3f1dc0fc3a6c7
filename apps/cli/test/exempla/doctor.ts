import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import type { ExemplaMesh } from '../exempla-mesh.ts';
import { SERVICES } from '../test-mesh.ts';

interface Report {
  ok: boolean;
  checks: { name: string; level: string; says: string; todo?: string }[];
}

/** What the doctor finds, and what it says to do about it. */
export function doctor(at: () => ExemplaMesh): void {
  const nothing = Object.fromEntries(SERVICES.map((name) => [`EXEMPLA_${name.toUpperCase()}_TARGET`, '127.0.0.1:1']));

  it('finds nothing wrong with a mesh that is well', async () => {
    const { code, stdout } = await at().ended('doctor', { EXEMPLA_GATEWAY_PORT: '2' });
    expect(stdout).toMatch(/ok +storage +127\.0\.0\.1:\d+ serving, \d+\.\d+\.\d+, \d+ ms, process \d+/);
    expect(stdout).toMatch(/ok +database/);
    expect(stdout).toMatch(/ok +access +calls are taken/);
    // This mesh does without.
    expect(stdout).toMatch(/warn +gateway/);
    expect(stdout).not.toContain('fail');
    expect(code).toBe(0);
  });

  /** Whom the report names as failed, and for each what is wrong and what to do. */
  const failsOf = async (env: Record<string, string>): Promise<Map<string, string>> => {
    const { code, stdout } = await at().ended('doctor --json', { EXEMPLA_GATEWAY_PORT: '2', ...env });
    const report = JSON.parse(stdout) as Report;
    expect({ code, ok: report.ok }).toEqual({ code: 1, ok: false });
    const fails = report.checks.filter(({ level }) => level === 'fail');
    return new Map(fails.map(({ name, says, todo }) => [name, `${says} → ${todo}`]));
  };

  it('says what to do when nothing runs, and of a port that is none', async () => {
    const fails = await failsOf({ ...nothing, EXEMPLA_AUDIO_PORT: 'x' });
    expect([...fails.keys()]).toEqual(['settings', 'mesh']);
    expect(fails.get('mesh')).toMatch(/^nothing runs at 127\.0\.0\.1:1,.* → Start it: exempla up, or npm run up/);
    expect(fails.get('settings')).toMatch(/EXEMPLA_AUDIO_PORT is "x"; .* → Correct/);
  });

  it('says what to do when one is missing, and of a variable that a service would refuse', async () => {
    const fails = await failsOf({ EXEMPLA_EXAMPLES_TARGET: '127.0.0.1:1', EXEMPLA_AUDIO_WORKERS: 'many' });
    expect([...fails.keys()]).toEqual(['settings', 'examples']);
    expect(fails.get('examples')).toMatch(/nothing runs at 127\.0\.0\.1:1, though others .*exempla up/);
    expect(fails.get('settings')).toMatch(/^audio: EXEMPLA_AUDIO_WORKERS is "many".* → Correct it/);
  });

  it('says what to do when a target is wrong, and names a foreign process that has the port', async () => {
    const foreign = createServer((socket) => void socket.on('error', () => {}).end('hello\r\n')).listen(0, '127.0.0.1');
    await once(foreign, 'listening');
    const taken = `127.0.0.1:${(foreign.address() as { port: number }).port}`;
    const fails = await failsOf({
      EXEMPLA_AUDIO_TARGET: taken,
      EXEMPLA_EXAMPLES_TARGET: at().mesh.addressOf('storage'),
    });
    foreign.close();
    expect([...fails.keys()]).toEqual(['examples', 'audio']);
    expect(fails.get('examples')).toMatch(/is storage, not examples → Correct EXEMPLA_EXAMPLES_TARGET/);
    expect(fails.get('audio')).toContain(`${taken} is taken: process ${process.pid} (`);
    expect(fails.get('audio')).toContain(`→ End it: kill ${process.pid}.`);
  });
}
