import { describe, expect, it } from '@jest/globals';
import { METRICS } from '@exempla/telemetry';
import { startScriptedOpenAi, type OpenAiBehaviour } from '@exempla/testing';
import { generateExamples } from '../src/examples/index.ts';
import { askedFor, ENGLISH } from './model-texts.ts';
import { callFor, metric, openModels } from './models.ts';
import { examplesRequest } from './requests.ts';

const TERMS = ['river', 'bank', 'contract', 'entropy', 'mouse', 'permit', 'appeal', 'lease', 'tax', 'bridge'];
const DEADLINE_MS = 20_000;
const SETTLING_MS = 3_000;

/** Five a second, five at once, 300 ms each. */
const limited: OpenAiBehaviour = {
  type: 'choose',
  of: (body) => ({ type: 'limited', perSecond: 5, burst: 5, latencyMs: 300, text: ENGLISH[askedFor(body)] }),
};

describe('ten definitions with six kinds each, at once, against five requests a second', () => {
  it('none fails, and after three seconds hardly one is refused (S0-08)', async () => {
    await using server = await startScriptedOpenAi(limited);
    await using models = openModels(server, { retry: { rounds: 3, backoffMs: 1_000 } });
    const series: string[] = [];
    const look = (): void => {
      const [inFlight, limit] = [METRICS.textInFlight, METRICS.textInFlightLimit].map((one) =>
        metric(models.metrics, one),
      );
      series.push(`${inFlight}/${limit!.toFixed(1)}`);
    };
    const looking = setInterval(look, 500);
    const since = performance.now();
    const answers = await Promise.all(
      TERMS.map((term, i) =>
        generateExamples(models.providers)(examplesRequest(term), callFor(DEADLINE_MS, { tenant: `t${i}` })),
      ),
    );
    clearInterval(looking);
    const wallMs = Math.round(performance.now() - since);
    const late = server.requests.filter(({ at }) => at - since > SETTLING_MS);
    const refused = late.filter(({ status }) => status() === 429).length;
    process.stdout.write(
      `in flight/limit each 500 ms: ${series.join(' ')}\n${wallMs} ms, ${server.requests.length} requests, ` +
        `refused later: ${refused} of ${late.length}\n`,
    );
    const sets = answers.flatMap((answer) => answer.sets);
    expect(sets).toHaveLength(60);
    expect(sets.filter(({ status }) => status !== 'OK')).toEqual([]);
    expect(refused / late.length).toBeLessThanOrEqual(0.05);
    expect(metric(models.metrics, METRICS.textInFlight)).toBe(0);
  });
});
