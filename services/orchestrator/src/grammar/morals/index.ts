import type { MoralKind, StoryMoral } from '../brief.ts';
import type { MoralMaterial } from './moral-material.ts';
import { empathy, friendship, kindness, respect } from './towards-others.ts';
import { bravery, honesty, perseverance, responsibility } from './within.ts';

export type { MoralMaterial } from './moral-material.ts';
export { miniatures } from './miniatures.ts';

const morals: Readonly<Record<MoralKind, MoralMaterial>> = {
  kindness,
  honesty,
  bravery,
  friendship,
  perseverance,
  empathy,
  respect,
  responsibility,
};

const ORDER: readonly MoralMaterial[] = [
  honesty,
  perseverance,
  responsibility,
  bravery,
  empathy,
  respect,
  friendship,
  kindness,
];

/** What is done in the tests: for summaries, and for whoever reads them. */
export const DEEDS: readonly string[] = ORDER.map(({ deed }) => deed);

/** The material of a moral; somebody's own goes to the kind its words are nearest to, kindness when to none. */
export const materialOf = (moral: StoryMoral): MoralMaterial =>
  'kind' in moral ? morals[moral.kind] : (ORDER.find(({ stems }) => stems.test(moral.own)) ?? kindness);
