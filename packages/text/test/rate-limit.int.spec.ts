import { describe, expect, it } from '@jest/globals';
import { METRICS, MetricRegistry } from '@exempla/telemetry';
import { startScriptedOpenAi } from '@exempla/testing';
import { callFor, generatorFor, metric, REQUEST } from './calls.ts';

const CALLS = 60;
const DEADLINE_MS = 20_000;
const SETTLING_MS = 3_000;

describe('one limiter for an upstream (S0-08, S3-121)', () => {
  it('sixty calls at once against five a second: none fails, and after three seconds hardly one is refused', async () => {
    const metrics = new MetricRegistry();
    const limited = { type: 'limited', perSecond: 5, burst: 5, latencyMs: 300, text: 'A small fox.' } as const;
    await using server = await startScriptedOpenAi(limited);
    await using text = generatorFor(server, { metrics, retry: { rounds: 3, backoffMs: 1_000 } });
    const series: string[] = [];
    const look = (): void => {
      const [inFlight, limit] = [METRICS.textInFlight, METRICS.textInFlightLimit].map((name) => metric(metrics, name));
      series.push(`${inFlight}/${limit!.toFixed(1)}`);
    };
    const looking = setInterval(look, 500);
    const since = performance.now();
    const calls = Array.from({ length: CALLS }, (_, i) =>
      text.generate(REQUEST, callFor(DEADLINE_MS, { tenant: `t${i % 10}` })),
    );
    const settled = await Promise.allSettled(calls);
    clearInterval(looking);
    const late = server.requests.filter(({ at }) => at - since > SETTLING_MS);
    const refused = late.filter(({ status }) => status() === 429).length;
    const wallMs = Math.round(performance.now() - since);
    process.stdout.write(
      `in flight/limit each 500 ms: ${series.join(' ')}\n${wallMs} ms, ${server.requests.length} requests, ` +
        `refused later: ${refused} of ${late.length}\n`,
    );
    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(refused / late.length).toBeLessThanOrEqual(0.05);
    expect(metric(metrics, METRICS.textInFlight)).toBe(0);
  });
});
