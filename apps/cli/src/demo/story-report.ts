import type { GenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { Hop } from '@exempla/launch';
import { type AudioReport, hopReport, type HopReport } from './report.ts';
import type { Told } from './tell-story.ts';

/** What `story --json` prints. */
export interface StoryReport {
  name: string;
  title: string;
  text: string;
  summary: string;
  moral: string;
  model: string;
  /** 0 to 10. */
  score: number;
  /** Null when the narration is degraded. */
  audio: Omit<AudioReport, 'text'> | null;
  degraded: { step: string; reason: string; message: string }[];
  hops: HopReport[];
  totalMs: number;
}

export function storyReportOf(
  { story, degraded }: GenerateStoryResponse,
  audio: AudioReport | null,
  hops: readonly Hop[],
  { startedAt, totalMs }: Pick<Told, 'startedAt' | 'totalMs'>,
): StoryReport {
  const { name = '', title = '', text = '', summary = '', moral = '', model = '', score } = story ?? {};
  return {
    name,
    title,
    text,
    summary,
    moral,
    model,
    score: score?.total ?? 0,
    audio: audio && withoutText(audio),
    degraded,
    hops: hops.map((hop) => hopReport(hop, startedAt)),
    totalMs: Math.round(totalMs * 10) / 10,
  };
}

/** The story is its text; once is enough. */
const withoutText = ({ object, file, bytes, seconds, voice }: AudioReport) => ({ object, file, bytes, seconds, voice });
