import type { SpanLine } from '@exempla/telemetry';
import { isPortFree } from '../processes/free-ports.ts';
import { ProcessError } from '../processes/process-error.ts';
import { type OutputLine, type RunningProcess, startProcess } from '../processes/start-process.ts';
import type { Watchdog } from '../processes/watchdog.ts';
import { baseEnvironment } from './environment.ts';
import { findPortHolder } from './port-holder.ts';
import { waitUntilServing } from './readiness.ts';
import { type RestartPolicy, restartDelay } from './restart.ts';
import { entryOf, GATEWAY, layersOf, SERVICES, servicesIn, type ServiceSpec, variable } from './services.ts';

/** A call as the process that served it saw it. */
export interface Hop extends SpanLine {
  service: string;
  pid: number;
}

/** What storage needs. */
export interface Store {
  /** URL of the owner of the database: migrates and makes the role of `url`. */
  adminUrl: string;
  /** URL of the role that storage serves with. */
  url: string;
  objectsDir: string;
}

export interface MeshOptions {
  watchdog: Watchdog;
  /** Brings up the database; called once the ports are known to be free. Services that do not need it start meanwhile. */
  store: () => Promise<Store>;
  /** Also the gateway. */
  gateway?: boolean;
  /** Fixed ports by service; a service without one gets a free port. */
  ports?: Readonly<Record<string, number>>;
  /** Base of every service's environment. */
  env: NodeJS.ProcessEnv;
  /** What becomes of a service that ends by itself after its start. */
  restart?: RestartPolicy;
  onHop?: (hop: Hop) => void;
  onLine?: (line: OutputLine) => void;
  onEvent?: (event: MeshEvent) => void;
  /** Cancels the start. */
  signal?: AbortSignal;
}

/** Something the person at the terminal wants to know. */
export type MeshEvent =
  | { type: 'started'; service: string; pid: number; port: number }
  | { type: 'ended'; service: string; pid: number; how: string }
  | { type: 'restarting'; service: string; attempt: number; delayMs: number }
  | { type: 'given-up'; service: string; attempts: number };

/** The services, each a process of its own. */
export interface Mesh {
  /** `127.0.0.1:port` of a service. */
  addressOf(service: string): string;
  processes(): readonly RunningProcess[];
  /** Ends callers before the called; all share the limit. */
  stop(limitMs: number): Promise<void>;
}

/** Starts the services, each as soon as what it needs is there; the first that fails ends those already started. */
export async function startMesh(options: MeshOptions): Promise<Mesh> {
  const supervisor = new Supervisor(options);
  try {
    await supervisor.start();
    return supervisor;
  } catch (error) {
    await supervisor.stop(2000);
    throw error;
  }
}

class Supervisor implements Mesh {
  readonly #options: MeshOptions;
  readonly #services: readonly ServiceSpec[];
  readonly #running = new Map<string, RunningProcess>();
  readonly #starting = new Map<string, Promise<RunningProcess>>();
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  #store: Promise<Store> | undefined;
  #stopping = false;

  constructor(options: MeshOptions) {
    this.#options = options;
    this.#services = servicesIn(options.env, options.gateway ? [GATEWAY, ...SERVICES] : SERVICES);
    this.#signal = AbortSignal.any([this.#failed.signal, ...(options.signal ? [options.signal] : [])]);
  }

  async start(): Promise<void> {
    await Promise.all(this.#services.map((service) => this.#assertPortFree(service)));
    this.#store = this.#options.store();
    // A start that ends before storage asks for it leaves nobody to hear of its failure.
    this.#store.catch(() => {});
    for (const service of inOrderOfNeed(this.#services)) this.#starting.set(service.name, this.#startService(service));
    // The first failure cancels the other starts; all have settled before it is reported.
    const all = [...this.#starting.values()].map((one) => one.catch((error: unknown) => this.#fail(error)));
    await Promise.all(all);
    if (this.#failed.signal.aborted) throw this.#failed.signal.reason;
  }

  #fail(error: unknown): void {
    this.#failed.abort(error);
  }

  addressOf(service: string): string {
    const process = this.#running.get(service);
    if (!process) throw new ProcessError(service, `${service} does not run`);
    return `${process.host}:${process.port}`;
  }

  processes(): readonly RunningProcess[] {
    return [...this.#running.values()];
  }

  async stop(limitMs: number): Promise<void> {
    this.#stopping = true;
    this.#failed.abort(new Error('the mesh is stopping'));
    await Promise.allSettled(this.#starting.values());
    const layers = layersOf(this.#services);
    for (const layer of layers) {
      await Promise.all(layer.map(async ({ name }) => this.#running.get(name)?.stop(limitMs / layers.length)));
    }
  }

  async #assertPortFree({ name }: ServiceSpec): Promise<void> {
    const port = this.#options.ports?.[name];
    if (!port || (await isPortFree(port))) return;
    const holder = await findPortHolder(port);
    const who = holder ? `process ${holder.pid} (${holder.command})` : 'another process';
    throw new ProcessError(
      name,
      `Port ${port} of ${name} is taken by ${who}. End it, or choose another port: ${variable(name, 'PORT')}=${port + 100}`,
    );
  }

  async #startService(service: ServiceSpec): Promise<RunningProcess> {
    const peers = await Promise.all(service.calls.map(async (name) => [name, await this.#starting.get(name)] as const));
    const store = service.stores ? await this.#store : undefined;
    this.#signal.throwIfAborted();
    const env = {
      ...baseEnvironment(this.#options.env, service.asks),
      [variable(service.name, 'HOST')]: '127.0.0.1',
      [variable(service.name, 'PORT')]: String(this.#options.ports?.[service.name] ?? 0),
      ...Object.fromEntries(
        peers.map(([name, peer]) => [
          variable(service.name, `${name.toUpperCase()}_TARGET`),
          `127.0.0.1:${peer?.port ?? 0}`,
        ]),
      ),
      ...(store ? storeEnvironment(service.name, store) : {}),
    };
    return this.#run(service, env, 0);
  }

  async #run(service: ServiceSpec, env: Record<string, string>, attempt: number): Promise<RunningProcess> {
    const process = await startProcess(
      { name: service.name, entry: entryOf(service.name), env },
      {
        watchdog: this.#options.watchdog,
        ready: waitUntilServing(service),
        onLine: (line) => this.#take(line),
        signal: this.#signal,
      },
    );
    this.#running.set(service.name, process);
    const { name, pid, port } = process;
    this.#options.onEvent?.({ type: 'started', service: name, pid, port });
    void this.#watch(service, env, process, attempt);
    return process;
  }

  #take(line: OutputLine): void {
    if (line.json?.['kind'] === 'span') this.#options.onHop?.(line.json as unknown as Hop);
    this.#options.onLine?.(line);
  }

  /** A service that ends by itself is reported, and restarted where it was: its callers know its port. */
  async #watch(service: ServiceSpec, env: Record<string, string>, process: RunningProcess, attempt: number) {
    const since = performance.now();
    const { code, signal } = await process.ended;
    if (this.#stopping) return;
    this.#running.delete(service.name);
    const how = signal ?? `exit code ${code}`;
    this.#options.onEvent?.({ type: 'ended', service: service.name, pid: process.pid, how });
    const port = { [variable(service.name, 'PORT')]: String(process.port) };
    await this.#restart(service, { ...env, ...port }, restartDelay.attemptAfter(attempt, performance.now() - since));
  }

  async #restart(service: ServiceSpec, env: Record<string, string>, attempt: number): Promise<void> {
    const { restart, onEvent } = this.#options;
    if (!restart) return;
    for (let next = attempt; next <= restart.maxAttempts; next += 1) {
      const delayMs = restartDelay.of(restart, next);
      onEvent?.({ type: 'restarting', service: service.name, attempt: next, delayMs });
      if (!(await restartDelay.wait(delayMs, this.#signal))) return;
      const started = this.#run(service, env, next);
      this.#starting.set(service.name, started);
      if (
        await started.then(
          () => true,
          () => this.#stopping,
        )
      )
        return;
    }
    onEvent?.({ type: 'given-up', service: service.name, attempts: restart.maxAttempts });
  }
}

/** Called before callers, so that the promise of a callee exists when its caller asks for it. */
const inOrderOfNeed = (services: readonly ServiceSpec[]): ServiceSpec[] =>
  services.toSorted((a, b) => a.calls.length - b.calls.length);

const storeEnvironment = (service: string, store: Store): Record<string, string> => ({
  DATABASE_ADMIN_URL: store.adminUrl,
  DATABASE_URL: store.url,
  [variable(service, 'OBJECTS_DIR')]: store.objectsDir,
});
