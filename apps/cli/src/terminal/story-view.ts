import type { GenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { Story } from '@exempla/contracts/type/v1/story';
import { GAP, MARGIN } from './columns.ts';
import { labelled, MAX_TEXT_WIDTH, plain } from './labelled.ts';
import type { Style } from './style.ts';
import { harmless, wrap } from './text.ts';

/** The story, to be read; then how good it was found, what it shows, and where it is kept. */
export function storyView({ story }: GenerateStoryResponse, width: number, style: Style): string[] {
  if (!story) return [];
  const textWidth = Math.min(MAX_TEXT_WIDTH, width - MARGIN.length - 1);
  const rows = labelled(textWidth);
  const paragraphs = story.text.split('\n\n');
  return [
    `${MARGIN}${style.strong(harmless(story.title))}${GAP}${style.quiet(factsOf(story))}`,
    ...paragraphs.flatMap((paragraph) => ['', ...wrap(paragraph, textWidth).map((line) => MARGIN + line)]),
    '',
    ...rows('moral', plain(wrap(story.moral, rows.width))),
    ...rows('score', plain(wrap(scoreOf(story), rows.width))),
    ...rows('stored', [{ text: story.name, style: style.quiet }]),
  ];
}

function factsOf({ lengthMinutes, text, model }: Story): string {
  const words = text.split(/\s+/).length;
  return `${words} words · ${lengthMinutes} ${lengthMinutes === 1 ? 'minute' : 'minutes'} · ${harmless(model)}`;
}

function scoreOf({ score, generationInfo }: Story): string {
  if (!score) return 'not judged';
  const criteria = score.criteria.map(({ name, score: of }) => `${harmless(name)} ${of.toFixed(1)}`).join(', ');
  const drafts = generationInfo && generationInfo.attempts > 1 ? `, the best of ${generationInfo.attempts} drafts` : '';
  return `${score.total.toFixed(1)} of 10${drafts}: ${criteria}`;
}
