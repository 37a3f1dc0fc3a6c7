import { describe, expect, it } from '@jest/globals';
import { GATEWAY, layersOf, SERVICES } from '../src/mesh/services.ts';

const namesOf = (services: Parameters<typeof layersOf>[0]) =>
  layersOf(services).map((layer) => layer.map(({ name }) => name));

describe('the order in which a mesh ends', () => {
  it('is callers before the called', () =>
    expect(namesOf([...SERVICES, GATEWAY])).toEqual([['gateway'], ['orchestrator'], ['examples', 'audio', 'storage']]));

  it('also without the gateway', () =>
    expect(namesOf(SERVICES)).toEqual([['orchestrator'], ['examples', 'audio', 'storage']]));
});
