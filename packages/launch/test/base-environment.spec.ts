import { describe, expect, it } from '@jest/globals';
import { baseEnvironment } from '../src/mesh/mesh.ts';

describe('the environment of every service of a mesh on one machine', () => {
  it('is the own one, without what belongs to the store alone', () => {
    const env = baseEnvironment({
      PATH: '/bin',
      DATABASE_URL: 'postgres://x',
      DATABASE_ADMIN_URL_FILE: '/f',
      NODE_OPTIONS: '-r x',
    });
    expect(env).toEqual({ PATH: '/bin', NODE_ENV: 'development', EXEMPLA_DEV: '1', EXEMPLA_LOG_LEVEL: 'info' });
  });

  it('gives each a port of its own for its metrics', () => {
    expect(baseEnvironment({ EXEMPLA_METRICS_PORT: '9464' })).toMatchObject({ EXEMPLA_METRICS_PORT: '0' });
    expect(baseEnvironment({})).not.toHaveProperty('EXEMPLA_METRICS_PORT');
  });
});
