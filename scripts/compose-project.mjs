// One docker-compose project of our own: a name nobody else has, free ports, and nothing left when it is over.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '../packages/launch/dist/index.js';
import { run } from './command.mjs';

const PUBLISHED = ['gateway', 'orchestrator', 'examples', 'audio', 'storage'];

export class ComposeProject {
  constructor(root, name, ports, command) {
    Object.assign(this, { root, name, ports, command });
    this.env = {
      COMPOSE_PROJECT_NAME: name,
      // Images are kept: the next build starts from them.
      EXEMPLA_IMAGES: 'exempla-e2e',
      ...Object.fromEntries(
        PUBLISHED.map((service) => [`EXEMPLA_${service.toUpperCase()}_PORT`, String(ports[service])]),
      ),
    };
  }

  static async create(root) {
    const name = `exempla-e2e-${process.pid}-${Date.now().toString(36)}`;
    const free = await freePorts(PUBLISHED.length);
    const ports = Object.fromEntries(PUBLISHED.map((service, at) => [service, free[at]]));
    return new ComposeProject(root, name, ports, await composeCommand(root));
  }

  address(service) {
    return `127.0.0.1:${this.ports[service]}`;
  }

  async compose(...args) {
    const [program, ...before] = this.command;
    const { code, output } = await run(this.root, program, [...before, ...args], { env: this.env });
    if (code !== 0) throw new Error(`${this.command.join(' ')} ${args.join(' ')} ended with ${code}\n${output}`);
    return output;
  }

  async containers() {
    const { output } = await run(this.root, 'docker', [
      'ps',
      '-aq',
      '--filter',
      `label=com.docker.compose.project=${this.name}`,
    ]);
    const ids = output.split('\n').filter(Boolean);
    if (ids.length === 0) return [];
    const inspected = await run(this.root, 'docker', ['inspect', ...ids]);
    return JSON.parse(inspected.output).map(({ Name, State, Config }) => ({
      name: Name.slice(1),
      service: Config.Labels['com.docker.compose.service'],
      health: State.Health?.Status,
      exitCode: State.ExitCode,
    }));
  }

  /** Waits until each service that has a health check is healthy. */
  async healthy(limitMs) {
    const end = Date.now() + limitMs;
    for (;;) {
      const checked = (await this.containers()).filter(({ health }) => health !== undefined);
      if (checked.length === PUBLISHED.length + 1 && checked.every(({ health }) => health === 'healthy')) return;
      if (Date.now() > end)
        throw new Error(`not healthy within ${limitMs} ms: ${JSON.stringify(checked)}\n${await this.logs()}`);
      await delay(250);
    }
  }

  async logs() {
    return this.compose('logs', '--no-color', '--tail', '20').catch((error) => String(error));
  }

  /** Ends of containers of this project, as they happen: `{service, exitCode}`. */
  watchEnds() {
    const filters = ['--filter', `label=com.docker.compose.project=${this.name}`, '--filter', 'event=die'];
    const events = spawn('docker', ['events', ...filters, '--format', '{{json .}}'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ends = [];
    createInterface({ input: events.stdout }).on('line', (line) => {
      const { Actor } = JSON.parse(line);
      ends.push({
        service: Actor.Attributes['com.docker.compose.service'],
        exitCode: Number(Actor.Attributes.exitCode),
      });
    });
    return { ends, stop: () => events.kill() };
  }

  async remove() {
    await this.compose('down', '--volumes', '--remove-orphans', '--timeout', '10');
  }
}

/** Compose v2 where it is installed, else 1.29. */
async function composeCommand(root) {
  const { code } = await run(root, 'docker', ['compose', 'version']);
  return code === 0 ? ['docker', 'compose'] : ['docker-compose'];
}
