import type { DegradedPart } from '@exempla/contracts/orchestrator/v1/answer_parts';
import type { AudioReport } from '../demo/report.ts';
import { MARGIN } from './columns.ts';
import { labelled, MAX_TEXT_WIDTH, plain } from './labelled.ts';
import type { Style } from './style.ts';
import { bytes, harmless, wrap } from './text.ts';

/** The narration and where to hear it, and whatever is missing. */
export function endingView(
  { degraded }: { degraded: readonly DegradedPart[] },
  audio: AudioReport | null,
  width: number,
  style: Style,
): string[] {
  const rows = labelled(Math.min(MAX_TEXT_WIDTH, width - MARGIN.length - 1));
  const facts = audio
    ? plain([`${audio.seconds.toFixed(1)} s, voice ${harmless(audio.voice)}, ${bytes(audio.bytes)}`])
    : [];
  return [
    ...(audio ? rows('spoken', [{ text: audio.file, style: style.strong }, ...facts]) : []),
    ...degraded.flatMap(({ step, reason, message }) =>
      rows(
        'missing',
        wrap(`${step}: ${message} (${reason})`, rows.width).map((text) => ({ text, style: style.warn })),
      ),
    ),
  ];
}
