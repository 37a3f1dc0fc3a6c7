import { harbour, river } from './by-water.ts';
import { desert, snow } from './far-away.ts';
import { forest, mountain } from './in-the-wild.ts';
import { library, town } from './in-town.ts';
import type { Setting } from './setting.ts';

export type { Setting } from './setting.ts';

export const settings: readonly Setting[] = [harbour, river, forest, mountain, snow, desert, town, library];
