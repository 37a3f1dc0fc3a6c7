import type { FastifyInstance } from 'fastify';

/** The methods that there are at each path. To be made before the routes. */
export class KnownPaths {
  readonly #methods = new Map<string, Set<string>>();

  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ url, method }) => {
      const known = this.#methods.get(url) ?? new Set();
      for (const one of [method].flat()) known.add(one);
      this.#methods.set(url, known);
    });
  }

  /** In order; none where there is no such path. */
  methodsAt(path: string): string[] {
    const parts = path.split('/');
    const found = [...this.#methods].filter(([url]) => fits(url.split('/'), parts));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].sort();
  }
}

/** Parts of our routes are names and parameters. */
const fits = (route: readonly string[], parts: readonly string[]): boolean =>
  route.length === parts.length &&
  route.every((name, at) => (name.startsWith(':') ? parts[at] !== '' : name === parts[at]));
