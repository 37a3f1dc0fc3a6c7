import { describe, expect, it } from '@jest/globals';
import { generateStory } from '../../src/stories/index.ts';
import { call, failing, RecordingPorts, request } from './fakes.ts';

describe('the best of three drafts', () => {
  it('wins, and its score is in the story', async () => {
    const ports = new RecordingPorts();
    ports.totals = [6, 9, 8];
    const { story } = await generateStory(request(), call(), ports);
    expect(ports.seeds).toHaveLength(3);
    expect(story.title).toBe(`Mia and the Star ${ports.seeds[1]}`);
    expect(story.score).toEqual({ total: 9, criteria: [{ name: 'moral', score: 9 }] });
  });

  it('is the only one where nobody judges', async () => {
    const ports = new RecordingPorts();
    ports.judge = undefined;
    const { story } = await generateStory(request(), call(), ports);
    expect(ports.seeds).toEqual([7]);
    expect(story.score).toBeUndefined();
  });

  it('of equals is the first', async () => {
    const ports = new RecordingPorts();
    expect((await generateStory(request(), call(), ports)).story.title).toBe('Mia and the Star 7');
  });

  it('is of seeds that the next seed does not share', async () => {
    const [first, second] = [new RecordingPorts(), new RecordingPorts()];
    await generateStory(request({ seed: 7 }), call(), first);
    await generateStory(request({ seed: 8 }), call(), second);
    expect(new Set([...first.seeds, ...second.seeds]).size).toBe(6);
  });

  it('one that fails later is done without', async () => {
    const ports = new RecordingPorts();
    const { write } = ports.writer;
    ports.writer.write = async (...args) => {
      if (ports.briefs.length === 1) throw failing('TIMEOUT');
      return write(...args);
    };
    const { story } = await generateStory(request(), call(), ports);
    expect(story.generationInfo?.attempts).toBe(1);
    expect(ports.generations).toHaveLength(1);
  });

  it('the first that fails is the story that fails', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('write', failing('UNAVAILABLE'));
    await expect(generateStory(request(), call(), ports)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect(ports.created).toEqual([]);
  });

  it('a second is not begun when there is no time for it', async () => {
    const ports = new RecordingPorts();
    await generateStory(request(), call(42), ports);
    expect(ports.seeds).toHaveLength(1);
  });
});
