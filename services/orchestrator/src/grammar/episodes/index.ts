import { helpedOfTeens, unaidedOfTeens } from '../teens/episodes.ts';
import { unaided as unaidedOfAll } from './alone.ts';
import type { Episode } from './episode.ts';
import { helped as helpedOfAll } from './with-help.ts';

export { isToldTo, type Episode } from './episode.ts';
export const helped: readonly Episode[] = [...helpedOfAll, ...helpedOfTeens];
export const unaided: readonly Episode[] = [...unaidedOfAll, ...unaidedOfTeens];
