import { beforeAll, expect, it } from '@jest/globals';
import { newTrace } from '@exempla/telemetry';
import { eventually, nothingMore, standingStill } from '@exempla/testing';
import type { MeshLine } from '../test-mesh.ts';
import { filesOf, told, WITHIN, type HeldMesh } from './held-mesh.ts';
import { holdingsOf, threadsNamed, type Watched } from './holdings.ts';

/** More than a reader's buffer holds, so that bytes are in a file when it has passed. */
const SOME_DATA = 12;
const BACK_MS = 10_000;

type Kept = 'no story' | 'a story without a sound' | 'a story with its sound';

export function callerGone(mesh: () => HeldMesh): void {
  let held: HeldMesh;
  let watched: Record<string, Watched>;
  beforeAll(() => {
    held = mesh();
    const portOf = (lines: readonly MeshLine[], service: string): number =>
      Number(
        lines.find(({ process, json }) => process === service && json?.['event'] === 'listening')?.json?.[
          'metricsPort'
        ],
      );
    const ofMesh = (service: 'audio' | 'storage'): Watched => ({
      pid: held.mesh.pidOf(service),
      metricsPort: portOf(held.mesh.lines, service),
    });
    watched = {
      orchestrator: { pid: held.orchestrator.pid, metricsPort: portOf(held.lines, 'orchestrator') },
      audio: ofMesh('audio'),
      storage: ofMesh('storage'),
    };
  });

  async function holdings() {
    const all = Object.entries(watched).map(async ([name, one]) => [name, await holdingsOf(one)] as const);
    const speakers = await threadsNamed(watched['audio']!.pid, 'flite');
    return { ...Object.fromEntries(await Promise.all(all)), speakers };
  }
  const files = () => filesOf(held.mesh.store.objectsDir);

  const phases: [string, Kept, (leave: () => void) => Promise<void>][] = [
    [
      'while it is written',
      'no story',
      async (leave) => {
        const found = held.storage.hold({ at: 'end', method: 'CreateChild' });
        await found.reached;
        // Both are on their way at once: the writer lets the loop turn before each draft.
        found.release();
        leave();
      },
    ],
    [
      'while it is kept',
      'no story',
      (leave) => leaveAt(leave, held.storage.hold({ at: 'call', method: 'CreateStory' })),
    ],
    [
      'while it is spoken',
      'a story without a sound',
      (leave) => leaveAt(leave, held.audio.hold({ at: 'data', method: 'Synthesize', count: 1 })),
    ],
    [
      'while its sound is uploaded',
      'a story without a sound',
      async (leave) => {
        const speaking = held.audio.hold({ at: 'data', method: 'Synthesize', count: SOME_DATA });
        await speaking.reached;
        await eventually('bytes are on their way in', async () => [...(await files()).staged.values()].some(Boolean));
        await leaveAt(leave, speaking);
      },
    ],
    [
      'when its sound is uploaded and nobody has heard',
      'a story without a sound',
      (leave) => leaveAt(leave, held.storage.hold({ at: 'end', method: 'UploadObject' })),
    ],
    [
      'while it is updated',
      'a story with its sound',
      async (leave) => {
        const naming = held.storage.hold({ at: 'call', method: 'UpdateStory' });
        await naming.reached;
        leave();
        naming.release();
      },
    ],
  ];

  it.each(phases)('%s: everything is given back, there is %s, and one line tells', async (phase, kept, leaving) => {
    const [before, filesBefore] = [await standingStill(holdings, BACK_MS), await files()];
    const caller = new AbortController();
    const trace = newTrace();
    const name = `Lea, ${phase}`;
    const request = { toldTo: told(name), lengthMinutes: 1, narrate: true };
    const call = held.stories.generateStory(request, { ...WITHIN, trace, signal: caller.signal }).then(
      () => 'answered',
      () => 'left',
    );
    await Promise.race([leaving(() => caller.abort()), call.then((how) => expect(how).toBe('left'))]);
    expect(await call).toBe('left');
    await nothingMore(holdings, before, BACK_MS);

    const { stories } = await held.stories.listStories({ childName: name });
    expect(stories.map(({ audio }) => (audio ? 'a story with its sound' : 'a story without a sound'))).toEqual(
      kept === 'no story' ? [] : [kept],
    );
    const after = await files();
    expect(after.staged.size).toBe(filesBefore.staged.size);
    const named = stories.map(({ audio }) => audio).filter(Boolean);
    const soundsOf = async (): Promise<string[]> => {
      const { objects } = await held.objects.listObjects({ pageSize: 1000 });
      return objects.map((object) => object.name).filter((one) => stories.some((story) => one.includes(story.name)));
    };
    const noOrphan = async (): Promise<boolean> => JSON.stringify(await soundsOf()) === JSON.stringify(named);
    await eventually('no sound is there that no story names', noOrphan);

    const lines = () => held.lines.filter(({ json }) => json?.['traceId'] === trace.traceId);
    await eventually('a line tells', () => lines().length > 0);
    expect(lines().map(({ json }) => ({ kind: json!['kind'], status: json!['status'] }))).toEqual([
      { kind: 'span', status: 'CANCELLED' },
    ]);
    const loud = held.mesh.lines.filter(
      ({ json }) => json?.['traceId'] === trace.traceId && Number(json['level']) > 30,
    );
    expect(loud).toEqual([]);
  });
}

/** Leaves while a call is held, and lets that go on when it has been given up. */
async function leaveAt(leave: () => void, at: { reached: Promise<void>; left: Promise<void>; release(): void }) {
  await at.reached;
  leave();
  await at.left;
  at.release();
}
