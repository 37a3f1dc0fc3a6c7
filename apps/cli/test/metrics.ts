import type { MeshLine } from './test-mesh.ts';

/** What a process of the mesh shows of itself to whoever reads its metrics; it runs with EXEMPLA_METRICS_PORT=0. */
export async function metricOf(lines: readonly MeshLine[], service: string, name: string): Promise<number> {
  const listening = lines.find(({ process, json }) => process === service && json?.['event'] === 'listening');
  const text = await (await fetch(`http://127.0.0.1:${String(listening!.json!['metricsPort'])}/metrics`)).text();
  const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`${service} has no metric ${name}`);
  return Number(value);
}
