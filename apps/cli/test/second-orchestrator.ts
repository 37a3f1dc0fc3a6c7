import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { entryOf } from '@exempla/launch';
import { eventually } from '@exempla/testing';
import type { TestMesh } from './test-mesh.ts';

/** Another process of the built orchestrator beside that of the mesh, on the same peers. */
export async function startSecondOrchestrator(
  mesh: TestMesh,
  more: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { readonly address: string }> {
  const env = {
    ...more,
    EXEMPLA_DEV: '1',
    EXEMPLA_ORCHESTRATOR_PORT: '0',
    EXEMPLA_ORCHESTRATOR_EXAMPLES_TARGET: mesh.addressOf('examples'),
    EXEMPLA_ORCHESTRATOR_AUDIO_TARGET: mesh.addressOf('audio'),
    EXEMPLA_ORCHESTRATOR_STORAGE_TARGET: mesh.addressOf('storage'),
  };
  const child = spawn(process.execPath, [entryOf('orchestrator')], { env });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await eventually('it listens', () => output.includes('"listening"') || child.exitCode !== null, 30_000);
    const port = /"event":"listening".*?"port":(\d+)/.exec(output)?.[1];
    if (port === undefined) throw new Error(`the orchestrator did not start:\n${output}`);
    return { address: `127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
