import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { type Channel, createClient, openChannel, type RpcClient } from '@exempla/rpc';
import { eventually } from '@exempla/testing';

/** The built service in a process of its own. */
export interface StorageProcess {
  readonly child: ChildProcess;
  readonly objects: RpcClient<typeof ObjectServiceDefinition>;
  output(): string;
  /** SIGKILL, or what is given; resolves when the process is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export async function startStorage(env: Readonly<Record<string, string>>): Promise<StorageProcess> {
  const path = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [path], { env: { EXEMPLA_DEV: '1', EXEMPLA_STORAGE_PORT: '0', ...env } });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  let channel: Channel | undefined;
  const stop = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    channel?.close();
    child.kill(signal);
    await ended;
  };
  try {
    await eventually('it listens', () => output.includes('"listening"') || child.exitCode !== null, 30_000);
    const port = /"event":"listening".*?"port":(\d+)/.exec(output)?.[1];
    if (port === undefined) throw new Error(`the service did not start:\n${output}`);
    channel = openChannel(`127.0.0.1:${port}`);
    return { child, objects: createClient(ObjectServiceDefinition, channel), output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
