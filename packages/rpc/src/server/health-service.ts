import type { Server } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';

/** `grpc.health.v1.Health` for a set of services and, under the empty name, for all of them. */
export class HealthService {
  readonly #names: readonly string[];
  readonly #health: HealthImplementation;

  constructor(services: readonly string[]) {
    this.#names = ['', ...services];
    this.#health = new HealthImplementation(Object.fromEntries(this.#names.map((name) => [name, 'NOT_SERVING'])));
  }

  addTo(server: Server): void {
    this.#health.addToServer(server);
  }

  startServing(): void {
    for (const name of this.#names) this.#health.setStatus(name, 'SERVING');
  }

  stopServing(): void {
    for (const name of this.#names) this.#health.setStatus(name, 'NOT_SERVING');
  }
}
