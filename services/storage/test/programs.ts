import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Channel, openChannel } from '@exempla/rpc';
import { eventually } from '@exempla/testing';

export interface Program {
  child: ChildProcess;
  ended: Promise<unknown>;
  output: () => string;
}

/** Built programs of the service, each in a process of its own, and channels to them. */
export class Programs {
  readonly #running: Program[] = [];
  readonly #channels: Channel[] = [];

  start(name: 'main' | 'migrate.main', env: Record<string, string>): Program {
    const path = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
    const child = spawn(process.execPath, [path], {
      env: { EXEMPLA_DEV: '1', EXEMPLA_STORAGE_PORT: '0', ...env },
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    const program = { child, ended: once(child, 'exit'), output: () => output };
    this.#running.push(program);
    return program;
  }

  async listening(program: Program): Promise<Channel> {
    await eventually('it listens', () => program.output().includes('"listening"'), 20_000);
    const port = /"event":"listening".*?"port":(\d+)/.exec(program.output())?.[1];
    const channel = openChannel(`127.0.0.1:${port}`);
    this.#channels.push(channel);
    return channel;
  }

  /** Ends those that still run. */
  async stop(): Promise<void> {
    for (const channel of this.#channels.splice(0)) channel.close();
    for (const { child, ended } of this.#running.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  }
}
