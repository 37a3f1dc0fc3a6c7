import type { StoryBrief } from './brief.ts';
import { castOf, type Cast } from './cast.ts';
import { Dice } from './engine/random.ts';
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

export function planOf(brief: StoryBrief): Plan {
  const { seed } = brief;
  const cast = castOf(brief);
  const skeleton = inTurns(skeletons, seed, 'skeleton');
  return {
    cast,
    skeleton,
    setting: new Dice(`${seed}/setting`).pick(settings),
    obstacle: new Dice(`${seed}/obstacle`).pick(skeleton.obstacles),
    help: new Dice(`${seed}/help`).pick(cast.helps),
  };
}
