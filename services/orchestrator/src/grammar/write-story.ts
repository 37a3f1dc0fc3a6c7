import { LENGTH_TOLERANCE, WORDS_PER_MINUTE, type SceneSpan, type StoryBrief, type WrittenStory } from './brief.ts';
import { fitted, type Scene } from './engine/fit.ts';
import { byTurns } from './engine/speakers.ts';
import { countWords } from './engine/words.ts';
import { journeyOf } from './journey.ts';
import { materialOf } from './morals/index.ts';
import { placeOf, planOf, type Plan } from './plan.ts';
import { ending, mainScenes } from './scenes.ts';
import { Teller } from './teller.ts';
import { tidied } from './topics/index.ts';

const textOf = (scene: Scene): string[] =>
  scene.paragraphs.flatMap((lines) => byTurns(lines.map(({ text }) => text).join(' ')));

function spansOf(scenes: readonly Scene[]): SceneSpan[] {
  let from = 0;
  return scenes.map((scene) => {
    const span = { name: scene.name, from, count: textOf(scene).length };
    from += span.count;
    return span;
  });
}

function summaryOf(teller: Teller, brief: StoryBrief, plan: Plan): string {
  const deed = materialOf(brief.moral).deed;
  return teller.line(
    'summary',
    `{N} and {C} the {kind} set out ${teller.slots['at'] ?? ''}: {N} wants to ${plan.skeleton.wish}, ${deed}, and is helped by {topic}.`,
    { topic: plan.help.label },
  );
}

function told(brief: StoryBrief): WrittenStory {
  const plan = planOf(brief);
  const teller = new Teller(brief, plan);
  const main = mainScenes(teller, brief, plan);
  const wanted = Math.round(brief.minutes * WORDS_PER_MINUTE);
  const home = ending(teller, { brief, plan, met: [] });
  const journey = journeyOf(teller, plan, [...main.before, ...main.after, home], wanted);
  const all = [...main.before, ...journey.scenes, ...main.after, ending(teller, { brief, plan, met: journey.met })];
  const scenes = fitted(all, wanted, teller.dice('fit'));
  const paragraphs = scenes.flatMap(textOf);
  return {
    title: teller.line('title', teller.dice('title/which').pick(plan.skeleton.titles)),
    paragraphs,
    summary: summaryOf(teller, brief, plan),
    moral: 'kind' in brief.moral ? brief.moral.kind : tidied(brief.moral.own),
    skeleton: plan.skeleton.id,
    words: paragraphs.reduce((total, paragraph) => total + countWords(paragraph), 0),
    companion: `${plan.cast.companion.name} the ${plan.cast.companion.kind}`,
    setting: plan.setting.id,
    place: placeOf(plan.setting),
    scenes: spansOf(scenes),
  };
}

const TRIES = 24;
/** Far apart, so that the tries of one seed are not the stories of its neighbours. */
const STRIDE = 7_919;

/** A story from the grammar. The same brief gives the same story, and nothing but the brief is read. */
export function writeStory(brief: StoryBrief): WrittenStory {
  const wanted = brief.minutes * WORDS_PER_MINUTE;
  const distance = (story: WrittenStory): number => Math.abs(story.words - wanted);
  let best = told(brief);
  // Only in one minute can the barest story be too long: then others are told, until one fits.
  for (let attempt = 1; attempt < TRIES && distance(best) > wanted * LENGTH_TOLERANCE; attempt += 1) {
    const next = told({ ...brief, seed: brief.seed + attempt * STRIDE });
    if (distance(next) < distance(best)) best = next;
  }
  return best;
}
