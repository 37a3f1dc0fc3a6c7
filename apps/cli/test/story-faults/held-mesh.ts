import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { entryOf, openWatchdog, startProcess, type Hop, type RunningProcess } from '@exempla/launch';
import { checkHealth, createClient, openChannel, type RpcClient } from '@exempla/rpc';
import { eventually, startHoldingRelay, type HoldingRelay } from '@exempla/testing';
import { startTestMesh, type MeshLine, type TestMesh } from '../test-mesh.ts';

/** A call that begins with this much time ends with some of it left. */
export const WITHIN = { timeoutMs: 30_000 };
const STOP_MS = 5_000;

/** A mesh with an orchestrator of its own, whose way to audio and storage leads through relays that hold calls. */
export interface HeldMesh extends AsyncDisposable {
  readonly mesh: TestMesh;
  readonly audio: HoldingRelay;
  readonly storage: HoldingRelay;
  readonly orchestrator: RunningProcess;
  /** Through the orchestrator that can be held. */
  readonly stories: RpcClient<typeof StoryServiceDefinition>;
  /** Asked directly. */
  readonly objects: RpcClient<typeof ObjectServiceDefinition>;
  /** What that orchestrator printed, and of it the calls it served. */
  readonly lines: readonly MeshLine[];
  hops(): Hop[];
  /** A process of a service beside that of the mesh, on the same data; the orchestrator is connected to it. */
  start(service: 'audio' | 'storage'): Promise<RunningProcess>;
}

export async function startHeldMesh(): Promise<HeldMesh> {
  await using stack = new AsyncDisposableStack();
  const mesh = stack.use(await startTestMesh({ env: { ...process.env, EXEMPLA_METRICS_PORT: '0' } }));
  const watchdog = openWatchdog();
  stack.defer(() => watchdog.close());
  const started: RunningProcess[] = [];
  stack.defer(async () => void (await Promise.all(started.map((one) => one.stop(STOP_MS)))));
  const lines: MeshLine[] = [];
  const [audio, storage] = await Promise.all(
    (['audio', 'storage'] as const).map((name) => startHoldingRelay(portOf(mesh.addressOf(name)))),
  );
  stack.use(audio!);
  stack.use(storage!);
  const start = async (name: string, env: Record<string, string>): Promise<RunningProcess> => {
    const usual = { NODE_ENV: 'development', EXEMPLA_DEV: '1', EXEMPLA_METRICS_PORT: '0' };
    const port = { [`EXEMPLA_${name.toUpperCase()}_PORT`]: '0' };
    const running = await startProcess(
      { name, entry: entryOf(name), env: { ...usual, ...port, ...env } },
      { watchdog, ready: waitUntilServing, onLine: (line) => name === 'orchestrator' && lines.push(line) },
    );
    started.push(running);
    return running;
  };
  const orchestrator = await start('orchestrator', {
    EXEMPLA_ORCHESTRATOR_EXAMPLES_TARGET: mesh.addressOf('examples'),
    EXEMPLA_ORCHESTRATOR_AUDIO_TARGET: audio!.target,
    EXEMPLA_ORCHESTRATOR_STORAGE_TARGET: storage!.target,
  });
  const { url, adminUrl, objectsDir } = mesh.store;
  const environments = {
    audio: {},
    storage: { DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl, EXEMPLA_STORAGE_OBJECTS_DIR: objectsDir },
  };
  const channels = [openChannel(`127.0.0.1:${orchestrator.port}`), openChannel(mesh.addressOf('storage'))];
  stack.defer(() => channels.forEach((channel) => channel.close()));
  const stories = createClient(StoryServiceDefinition, channels[0]!);
  // From its first call on a channel keeps its connection up.
  await stories.generateStory({ toldTo: told('Ada'), lengthMinutes: 1, narrate: true }, WITHIN);
  const kept = stack.move();
  return {
    mesh,
    audio: audio!,
    storage: storage!,
    orchestrator,
    stories,
    objects: createClient(ObjectServiceDefinition, channels[1]!),
    lines,
    hops: () => lines.flatMap(({ json }) => (json?.['kind'] === 'span' ? [json as unknown as Hop] : [])),
    start: async (service) => {
      const running = await start(service, environments[service]);
      const relay = service === 'audio' ? audio! : storage!;
      relay.leadTo(running.port);
      await eventually(`the orchestrator is connected to ${service}`, () => relay.connections() > 0);
      return running;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

const portOf = (address: string): number => Number(address.split(':').at(-1));

async function waitUntilServing(address: string): Promise<void> {
  const channel = openChannel(address);
  try {
    const isServing = async (): Promise<boolean> =>
      (await checkHealth(channel, { timeoutMs: 500 }).catch(() => '')) === 'SERVING';
    await eventually(`${address} serves`, isServing, 20_000);
  } finally {
    channel.close();
  }
}

/** SIGKILL; resolves when the process is gone. */
export async function kill(running: RunningProcess): Promise<void> {
  process.kill(running.pid, 'SIGKILL');
  await running.ended;
}

export const told = (displayName: string) => ({
  $case: 'newChild' as const,
  value: {
    displayName,
    age: { $case: 'years' as const, value: 5 },
    gender: Gender.GENDER_FEMALE,
    interests: ['stars', 'foxes'],
  },
});

/** The files of an object store: bytes of objects, and what is on its way in, by name with its size. */
export async function filesOf(objectsDir: string): Promise<{ objects: string[]; staged: Map<string, number> }> {
  const entries = await readdir(objectsDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const objects = files.filter((path) => path.startsWith(join(objectsDir, 'bytes/'))).toSorted();
  const staged = new Map<string, number>();
  for (const path of files.filter((one) => !objects.includes(one))) {
    // It may be gone between the list and the look.
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    if (size !== undefined) staged.set(path, size);
  }
  return { objects, staged };
}
