import type { StoryBrief } from './brief.ts';
import { castOf, type Cast } from './cast.ts';
import { Dice } from './engine/random.ts';
import { wishBefore } from './series.ts';
import { settings, type Setting } from './settings/index.ts';
import { skeletons, type Skeleton } from './skeletons/index.ts';
import type { Help, Obstacle } from './topics/index.ts';

/** Everything decided before a word is written. */
export interface Plan {
  readonly cast: Cast;
  readonly setting: Setting;
  readonly skeleton: Skeleton;
  readonly obstacle: Obstacle;
  /** What gets past the obstacle in the end. */
  readonly help: Help;
}

/** Seeds in a row take the items in turns, in an order of their own each round. */
function inTurns<T>(items: readonly T[], seed: number, name: string): T {
  const round = Math.floor(seed / items.length);
  const order = new Dice(`${round}/${name}`).shuffled(items);
  const item = order[((Math.trunc(seed) % items.length) + items.length) % items.length];
  if (item === undefined) throw new Error(`no ${name} for seed ${seed}`);
  return item;
}

export const placeOf = ({ slots }: Setting): string => slots.at.replace(/^in /, '');

/** A series stays where it was. */
function settingOf({ seed, previous }: StoryBrief): Setting {
  const before = settings.find((setting) => previous?.place === placeOf(setting));
  return before ?? new Dice(`${seed}/setting`).pick(settings);
}

/** In a series something else is wanted than the last time. */
function skeletonOf({ seed, previous }: StoryBrief): Skeleton {
  const before = previous ? wishBefore(previous) : '';
  const isAgain = ({ wish }: Skeleton): boolean => before.startsWith(wish.split('{')[0] ?? wish);
  const turns = skeletons.map((_, turn) => inTurns(skeletons, seed + turn, 'skeleton'));
  const [next] = turns.filter((skeleton) => !isAgain(skeleton));
  return next ?? inTurns(skeletons, seed, 'skeleton');
}

export function planOf(brief: StoryBrief): Plan {
  const { seed } = brief;
  const cast = castOf(brief);
  const skeleton = skeletonOf(brief);
  return {
    cast,
    skeleton,
    setting: settingOf(brief),
    obstacle: new Dice(`${seed}/obstacle`).pick(skeleton.obstacles),
    help: new Dice(`${seed}/help`).pick(cast.helps),
  };
}
