import { describe, expect, it } from '@jest/globals';
import { createChild, createHero, giveRating, updateChild, updateHero } from '../../src/stories/index.ts';
import { failing, MIA, RecordingPorts, TORVALD } from './fakes.ts';

// Of the use cases S3-65..76 those that decide something; the others are one line in the door, and shown end to end.

const change = { name: 'children/1', etag: '', mask: ['display_name'] };

describe.each([
  {
    name: 'createChild',
    run: (ports: RecordingPorts, displayName: string) =>
      createChild({ profile: { ...MIA, displayName }, requestId: '' }, ports.children),
    step: 'create child',
    reason: 'REQUEST_ID_REUSED',
  },
  {
    name: 'updateChild',
    run: (ports: RecordingPorts, displayName: string) =>
      updateChild({ ...change, values: { ...MIA, displayName } }, ports.children),
    step: 'update child',
    reason: 'CHILD_EXISTS',
  },
  {
    name: 'createHero',
    run: (ports: RecordingPorts, displayName: string) =>
      createHero({ profile: { ...TORVALD, displayName }, requestId: '' }, ports.heroes),
    step: 'create hero',
    reason: 'REQUEST_ID_REUSED',
  },
  {
    name: 'updateHero',
    run: (ports: RecordingPorts, displayName: string) =>
      updateHero({ ...change, values: { ...TORVALD, displayName } }, ports.heroes),
    step: 'update hero',
    reason: 'ETAG_MISMATCH',
  },
])('$name (S3-65..76)', ({ run, step, reason }) => {
  it('keeps what it is told', async () => {
    await expect(run(new RecordingPorts(), 'Noor')).resolves.toMatchObject({ displayName: 'Noor' });
  });

  it('refuses a name of 61 characters before anything is asked', async () => {
    const ports = new RecordingPorts();
    await expect(run(ports, 'x'.repeat(61))).rejects.toMatchObject({ reason: 'RECORD_INVALID' });
    expect(ports.steps).toEqual([]);
  });

  it(`says ${reason}`, async () => {
    const ports = new RecordingPorts();
    ports.failures.set(step, failing(reason));
    await expect(run(ports, 'Noor')).rejects.toMatchObject({ reason });
  });
});

describe('giveRating (S3-65..76)', () => {
  it('keeps the rating', async () => {
    const ports = new RecordingPorts();
    await expect(giveRating({ name: 'stories/1', rating: 10 }, ports)).resolves.toMatchObject({ rating: 10 });
  });

  it('refuses 11 before anything is asked', async () => {
    const ports = new RecordingPorts();
    await expect(giveRating({ name: 'stories/1', rating: 11 }, ports)).rejects.toMatchObject({
      reason: 'RECORD_INVALID',
    });
    expect(ports.steps).toEqual([]);
  });

  it('says that the story is not there', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('rate', failing('STORY_NOT_FOUND'));
    await expect(giveRating({ name: 'stories/1', rating: 1 }, ports)).rejects.toMatchObject({
      reason: 'STORY_NOT_FOUND',
    });
  });
});
