import { unaided } from './alone.ts';
import type { Episode } from './episode.ts';
import { helped } from './with-help.ts';

export type { Episode } from './episode.ts';
export { helped, unaided };
export const episodes: readonly Episode[] = [...helped, ...unaided];
