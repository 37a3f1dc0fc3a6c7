import type { GenerationContent, Part, StoryRevisionContent } from '../stories/index.ts';
import { json, type RecordTable } from './record-table.ts';

interface PartRow {
  story_id: string;
  number: number;
}

interface RevisionRow extends PartRow {
  title: string;
  text: string;
}

interface GenerationRow extends PartRow {
  model: string;
  prompt: string;
  status: string;
  usage: GenerationContent['usage'] | null;
  /** A bigint: the driver gives text. */
  cost_micro_usd: string | null;
  error_reason: string;
}

type PartTable<C extends Part> = RecordTable<C, Pick<Part, 'storyId'>>;

const toPart = (row: PartRow): Part => ({ storyId: row.story_id, number: row.number });
const partColumns = ({ storyId, number }: Part) => ({ story_id: storyId, number });
const toFilter = ({ storyId }: Pick<Part, 'storyId'>) => ({ story_id: storyId });

export const STORY_REVISIONS: PartTable<StoryRevisionContent> = {
  name: 'storage.story_revisions',
  columns: ['story_id', 'number', 'title', 'text'],
  toColumns: (revision) => ({ ...partColumns(revision), title: revision.title, text: revision.text }),
  toContent: (row: RevisionRow) => ({ ...toPart(row), title: row.title, text: row.text }),
  toFilter,
};

export const GENERATIONS: PartTable<GenerationContent> = {
  name: 'storage.generations',
  columns: ['story_id', 'number', 'model', 'prompt', 'status', 'usage', 'cost_micro_usd', 'error_reason'],
  toColumns: (generation) => ({
    ...partColumns(generation),
    model: generation.model,
    prompt: generation.prompt,
    status: generation.status,
    usage: json(generation.usage),
    cost_micro_usd: generation.costMicroUsd ?? null,
    error_reason: generation.errorReason,
  }),
  toContent: (row: GenerationRow) => ({
    ...toPart(row),
    model: row.model,
    prompt: row.prompt,
    status: row.status,
    usage: row.usage ?? undefined,
    costMicroUsd: row.cost_micro_usd === null ? undefined : Number(row.cost_micro_usd),
    errorReason: row.error_reason,
  }),
  toFilter,
};
