import { describe, expect, it } from '@jest/globals';
import { GATEWAY, layersOf, SERVICES, servicesIn } from '../src/mesh/services.ts';

const namesOf = (services: Parameters<typeof layersOf>[0]) =>
  layersOf(services).map((layer) => layer.map(({ name }) => name));

describe('the order in which a mesh ends', () => {
  it('is callers before the called', () =>
    expect(namesOf([...SERVICES, GATEWAY])).toEqual([['gateway'], ['orchestrator'], ['examples', 'audio', 'storage']]));

  it('is also who pays before who keeps the budgets, where there is a model', () => {
    expect(namesOf(servicesIn({ OPENAI_BASE_URL: 'http://127.0.0.1/v1' }, SERVICES))).toEqual([
      ['orchestrator'],
      ['examples', 'audio'],
      ['storage'],
    ]);
    expect(namesOf(servicesIn({ ELEVENLABS_API_KEY: 'k' }, SERVICES))).toEqual([
      ['orchestrator'],
      ['examples', 'audio'],
      ['storage'],
    ]);
    expect(servicesIn({ OPENAI_API_KEY: '' }, SERVICES)).toEqual(SERVICES);
  });

  it('also without the gateway', () =>
    expect(namesOf(SERVICES)).toEqual([['orchestrator'], ['examples', 'audio', 'storage']]));
});
