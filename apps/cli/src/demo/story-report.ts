import type { GenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { Hop } from '@exempla/launch';
import type { Maker } from '../terminal/maker-view.ts';
import { type AudioReport, hopReport, type HopReport, makerReport, type MakerReport } from './report.ts';
import type { Told } from './tell-story.ts';

/** What `story --json` prints. */
export interface StoryReport {
  name: string;
  title: string;
  text: string;
  summary: string;
  moral: string;
  model: string;
  madeBy: MakerReport;
  /** 0 to 10. */
  score: number;
  /** Null when the narration is degraded. */
  audio: Omit<AudioReport, 'text'> | null;
  degraded: { step: string; reason: string; message: string }[];
  hops: HopReport[];
  totalMs: number;
}

export interface StoryResult extends Pick<Told, 'startedAt' | 'totalMs'> {
  response: GenerateStoryResponse;
  maker: Maker;
  audio: AudioReport | null;
  hops: readonly Hop[];
}

export function storyReportOf({ response, maker, audio, hops, startedAt, totalMs }: StoryResult): StoryReport {
  const { story, degraded } = response;
  const { name = '', title = '', text = '', summary = '', moral = '', model = '', score } = story ?? {};
  return {
    name,
    title,
    text,
    summary,
    moral,
    model,
    madeBy: makerReport(maker),
    score: score?.total ?? 0,
    audio: audio && withoutText(audio),
    degraded,
    hops: hops.map((hop) => hopReport(hop, startedAt)),
    totalMs: Math.round(totalMs * 10) / 10,
  };
}

/** The story is its text; once is enough. */
const withoutText = ({ object, file, bytes, seconds, voice }: AudioReport) => ({ object, file, bytes, seconds, voice });
