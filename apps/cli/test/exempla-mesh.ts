import { expect } from '@jest/globals';
import { type Program, run, workingDirectory } from './support.ts';
import { SERVICES, type ServiceName, startTestMesh, type TestMesh } from './test-mesh.ts';

export type Json = Record<string, unknown>;
type Env = Record<string, string>;

/** The words of a command line; double quotes keep some together. */
export const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);

/** A mesh, and `exempla` that speaks to it from a directory of its own. */
export class ExemplaMesh implements AsyncDisposable {
  readonly mesh: TestMesh;
  readonly path: string;
  readonly #directory: AsyncDisposable;

  private constructor(mesh: TestMesh, directory: { path: string } & AsyncDisposable) {
    this.mesh = mesh;
    this.path = directory.path;
    this.#directory = directory;
  }

  static async start(): Promise<ExemplaMesh> {
    const mesh = await startTestMesh({ env: { ...process.env, EXEMPLA_METRICS_PORT: '0' } });
    return new ExemplaMesh(mesh, await workingDirectory());
  }

  get targets(): Env {
    return Object.fromEntries(
      SERVICES.map((name) => [`EXEMPLA_${name.toUpperCase()}_TARGET`, this.mesh.addressOf(name)]),
    );
  }

  started(line: string, env: Env = {}): Program {
    return run('exempla', words(line), { cwd: this.path, env: { ...this.targets, ...env } });
  }

  async ended(line: string, env?: Env) {
    const program = this.started(line, env);
    const { code } = await program.ended;
    return { code, stdout: program.stdout(), stderr: program.stderr() };
  }

  /** What a command prints that succeeds and has nothing else to say. */
  async text(line: string, env?: Env): Promise<string> {
    const { code, stdout, stderr } = await this.ended(line, env);
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
    return stdout;
  }

  /** The one document on its standard output. */
  async json(line: string): Promise<Json> {
    const stdout = await this.text(`${line} --json`);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    return JSON.parse(stdout) as Json;
  }

  /** Calls that a service serves at this moment, as its metrics say. */
  async inFlight(service: ServiceName): Promise<number> {
    const listening = this.mesh.lines.find(({ process, json }) => process === service && json?.['metricsPort']);
    const answer = await fetch(`http://127.0.0.1:${String(listening?.json?.['metricsPort'])}/metrics`);
    return Number(/^exempla_server_in_flight(?:\{.*\})? (\d+)/m.exec(await answer.text())?.[1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#directory[Symbol.asyncDispose]();
    await this.mesh[Symbol.asyncDispose]();
  }
}
