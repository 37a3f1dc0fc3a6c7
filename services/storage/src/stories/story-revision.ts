import type { RecordOf } from '../records/index.ts';
import type { Part, PartRepository } from './part.ts';

/** A title and text that a story had before. */
export interface StoryRevisionContent extends Part {
  readonly title: string;
  readonly text: string;
}

export type StoryRevision = RecordOf<StoryRevisionContent>;
export type StoryRevisionRepository = PartRepository<StoryRevisionContent>;
