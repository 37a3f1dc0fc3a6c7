import type { BriefChild, StoryBrief } from '../../src/grammar/index.ts';

export const mia: BriefChild = { name: 'Mia', age: 5, gender: 'female', interests: ['stars', 'foxes'] };

/** A story for Mia unless said otherwise. */
export const briefFor = ({
  child,
  ...rest
}: Partial<Omit<StoryBrief, 'child'>> & { child?: Partial<BriefChild> } = {}): StoryBrief => ({
  kind: 'child',
  child: { ...mia, ...child },
  moral: { kind: 'kindness' },
  minutes: 5,
  seed: 1,
  ...rest,
});

export const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);
