import { describe, expect, it } from '@jest/globals';
import { tryLines } from '../src/up/try-lines.ts';

const at = (port: number) => tryLines((service) => `127.0.0.1:${service === 'gateway' ? 8080 : port}`);

describe('what there is to try', () => {
  it('begins with what needs nothing but a browser, or npm', () =>
    expect(at(50_051).slice(0, 2)).toEqual([
      'Open http://127.0.0.1:8080 in a browser for bedtime stories',
      'npx exempla story --child Mia --age 5 --interests stars',
    ]));

  it('names the port where it is not the usual one', () =>
    expect(at(50_151)[1]).toBe(
      'EXEMPLA_ORCHESTRATOR_PORT=50151 npx exempla story --child Mia --age 5 --interests stars',
    ));

  it('fits a terminal of 80 columns', () =>
    expect(at(50_051).filter((line) => line.length > 78 && !line.startsWith('curl'))).toEqual([]));
});
