import type { ChildRepository } from '../children/index.ts';
import type { HeroRepository } from '../heroes/index.ts';
import type { RecordStore } from '../records/index.ts';
import type { GenerationRepository } from './generation.ts';
import type { StoryRepository } from './story.ts';
import type { StoryRevisionRepository } from './story-revision.ts';

export interface StoryUnit {
  readonly children: ChildRepository;
  readonly heroes: HeroRepository;
  readonly stories: StoryRepository;
  readonly storyRevisions: StoryRevisionRepository;
  readonly generations: GenerationRepository;
}

export type StoryStore = RecordStore<StoryUnit>;
