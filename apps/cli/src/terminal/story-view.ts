import type { GenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { Story } from '@exempla/contracts/type/v1/story';
import { GAP, MARGIN } from './columns.ts';
import { labelled, MAX_TEXT_WIDTH, plain } from './labelled.ts';
import type { Style } from './style.ts';
import { harmless, wrap } from './text.ts';

/** The story, to be read; then how good it was found, what it shows, and where it is kept. */
export function storyView({ story }: Pick<GenerateStoryResponse, 'story'>, width: number, style: Style): string[] {
  if (!story) return [];
  return [
    `${titleLine(story.title, style)}${GAP}${style.quiet(factsOf(story))}`,
    ...story.text.split('\n\n').flatMap((paragraph) => paragraphLines(paragraph, width)),
    '',
    ...storyFacts(story, width, style),
  ];
}

export const titleLine = (title: string, style: Style): string => MARGIN + style.strong(harmless(title));

/** An empty line, then the paragraph. */
export const paragraphLines = (paragraph: string, width: number): string[] => [
  '',
  ...wrap(paragraph, textWidthIn(width)).map((line) => MARGIN + line),
];

/** What there is to say of a story that was read. */
export function storyFacts(story: Story, width: number, style: Style): string[] {
  const rows = labelled(textWidthIn(width));
  return [
    ...rows('moral', plain(wrap(story.moral, rows.width))),
    ...rows('score', plain(wrap(scoreOf(story), rows.width))),
    ...rows('stored', [{ text: story.name, style: style.quiet }]),
  ];
}

const textWidthIn = (width: number): number => Math.min(MAX_TEXT_WIDTH, width - MARGIN.length - 1);

/** Words, minutes and who wrote it. */
export function factsOf({ lengthMinutes, text, model }: Story): string {
  const words = text.split(/\s+/).length;
  return `${words} words · ${lengthMinutes} ${lengthMinutes === 1 ? 'minute' : 'minutes'} · ${harmless(model)}`;
}

function scoreOf({ score, generationInfo }: Story): string {
  if (!score) return 'not judged';
  const criteria = score.criteria.map(({ name, score: of }) => `${harmless(name)} ${of.toFixed(1)}`).join(', ');
  const drafts = generationInfo && generationInfo.attempts > 1 ? `, the best of ${generationInfo.attempts} drafts` : '';
  return `${score.total.toFixed(1)} of 10${drafts}: ${criteria}`;
}
