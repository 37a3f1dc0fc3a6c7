import type { Server, ServerUnaryCall, sendUnaryData, ServiceDefinition } from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';
import { service as healthDefinition } from 'grpc-health-check';
import { SERVICE_HEADER, VERSION_HEADER, type ServingStatus } from '../client/health.ts';
import { mapError } from '../error-mapper.ts';
import { RPC_DOMAIN, StatusError } from '../status-error.ts';
import { HealthWatch, type HealthReply, type HealthRequest, type WatchCall } from './health-watch.ts';
import { OpenWatches } from './open-watches.ts';

const NO_REASONS = { domain: RPC_DOMAIN, codes: {} };

/**
 * `grpc.health.v1.Health`. A service is SERVING while the server takes calls and nothing it cannot do without is away;
 * the empty name stands for the server, which is SERVING while any of its services is.
 */
export class HealthService {
  readonly #services: readonly string[];
  readonly #about = new Metadata();
  readonly #watches = new OpenWatches();
  readonly #watchers = new Set<HealthWatch>();
  readonly #away = new Map<string, ReadonlySet<string>>();
  #serving = false;

  constructor(services: readonly string[], about: { service: string; version: string } = { service: '', version: '' }) {
    this.#services = services;
    this.#about.set(SERVICE_HEADER, about.service);
    this.#about.set(VERSION_HEADER, about.version);
  }

  addTo(server: Server): void {
    server.addService(
      healthDefinition as unknown as ServiceDefinition,
      {
        check: (call: ServerUnaryCall<HealthRequest, HealthReply>, reply: sendUnaryData<HealthReply>) => {
          call.sendMetadata(this.#about);
          this.#check(call.request.service, reply);
        },
        list: (_: unknown, reply: sendUnaryData<{ statuses: Record<string, HealthReply> }>) =>
          reply(null, {
            statuses: Object.fromEntries(this.#names.map((name) => [name, { status: this.statusOf(name) }])),
          }),
        watch: (call: WatchCall) => this.#watch(call),
      } as never,
    );
    this.#watches.start();
  }

  startServing(): void {
    this.#change(() => (this.#serving = true));
  }

  stopServing(): void {
    this.#change(() => (this.#serving = false));
  }

  /** The services (all without a list) cannot do without `dependency`, and it is away. */
  dependencyAway(dependency: string, services: readonly string[] = this.#services): void {
    this.#change(() => this.#away.set(dependency, new Set(services)));
  }

  dependencyBack(dependency: string): void {
    this.#change(() => this.#away.delete(dependency));
  }

  /** Ends everybody's watch with UNAVAILABLE. */
  endWatches(): void {
    this.#watches.stop();
    this.#watches.endAll();
  }

  statusOf(name: string): ServingStatus {
    if (name === '') return this.#services.some((one) => this.#isServing(one)) ? 'SERVING' : 'NOT_SERVING';
    if (!this.#services.includes(name)) return 'SERVICE_UNKNOWN';
    return this.#isServing(name) ? 'SERVING' : 'NOT_SERVING';
  }

  get #names(): string[] {
    return ['', ...this.#services];
  }

  #isServing(service: string): boolean {
    return this.#serving && ![...this.#away.values()].some((services) => services.has(service));
  }

  #change(apply: () => unknown): void {
    apply();
    for (const watch of this.#watchers) watch.tell(this.statusOf(watch.service));
  }

  #check(name: string, reply: sendUnaryData<HealthReply>): void {
    const found = this.statusOf(name);
    if (found !== 'SERVICE_UNKNOWN') return reply(null, { status: found });
    const text = `there is no service ${name}`;
    const unknown = new StatusError(status.NOT_FOUND, 'SERVICE_UNKNOWN', text, { metadata: { service: name } });
    reply(mapError(unknown, NO_REASONS).wire);
  }

  #watch(call: WatchCall): void {
    const watch = new HealthWatch(call);
    this.#watchers.add(watch);
    this.#watches.add(watch);
    call.on('cancelled', () => {
      watch.forget();
      this.#watchers.delete(watch);
      this.#watches.delete(watch);
    });
    watch.tell(this.statusOf(watch.service));
  }
}
