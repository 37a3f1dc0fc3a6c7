import { joinDraft, type Part } from '../stories/index.ts';
import type { Waiting } from './parts-stream.ts';

/** Characters of drafts that wait for their reader; a story of five minutes has fewer. */
const MOST_WAITING = 16_384;

/** Pieces of one draft that nobody has read yet are one piece. Only drafts can grow long. */
export const STORY_PARTS: Waiting<Part> = {
  join: joinDraft,
  sizeOf: (part) => (part.type === 'draft' ? part.text.length : 0),
  most: MOST_WAITING,
};
