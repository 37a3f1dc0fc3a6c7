import type { RecordOf, Repository } from '../records/index.ts';

/** Belongs to a story, is numbered from 1 within it, and goes with it. */
export interface Part {
  readonly storyId: string;
  /** 0 in a request. */
  readonly number: number;
}

export interface PartRepository<C extends Part> extends Repository<C, Pick<Part, 'storyId'>> {
  /** One above the highest. It is ours as long as we hold the story. */
  nextNumber(storyId: string): Promise<number>;
  findNumberForChange(storyId: string, number: number): Promise<RecordOf<C> | undefined>;
}
