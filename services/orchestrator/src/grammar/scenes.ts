import type { PreviousStory, StoryBrief, StoryMoral } from './brief.ts';
import type { Beat, Paragraph } from './engine/beat.ts';
import type { Scene } from './engine/fit.ts';
import { capitalised } from './engine/words.ts';
import type { Episode } from './episodes/index.ts';
import * as frame from './frame.ts';
import { materialOf, miniatures } from './morals/index.ts';
import { arrivals, smallTries, wrongTries } from './obstacles.ts';
import type { Plan } from './plan.ts';
import { wishBefore } from './series.ts';
import { miniaturesOfTeens, moralsOfTeens, teenFrame, wrongTriesOfTeens } from './teens/index.ts';
import type { Teller } from './teller.ts';
import { tidied, type Help, type Obstacle } from './topics/index.ts';

/** The scenes every story has, in order; episodes go between the setting out and the obstacle. */
export interface MainScenes {
  readonly before: readonly Scene[];
  readonly after: readonly Scene[];
}

function companionBeat(teller: Teller, plan: Plan): string {
  if (plan.cast.returns) return plan.cast.partner ? frame.partnerReturns : frame.returning;
  if (plan.cast.partner) return frame.partnerJoins;
  return teller.isForTeens ? teenFrame.companionJoins : frame.companionJoins;
}

function recalled(teller: Teller, { previous }: StoryBrief): string {
  if (!previous) return '';
  const wish = wishBefore(previous);
  return teller.line('recall', wish === '' ? frame.recallTitle : frame.recall, { ...titled(previous), wish });
}

const titled = ({ title }: PreviousStory) => ({ title: tidied(title) });

const together = (...parts: readonly Paragraph[][]): Paragraph[] => [parts.flat().flat()];

function smallOpening(teller: Teller, plan: Plan): Scene {
  const opening = plan.help.isStrength ? frame.smallHeroOpening : frame.smallOpening;
  return {
    name: 'opening',
    paragraphs: together(
      teller.beat('opening', opening, { topic: plan.help.label }),
      teller.beat('companion', frame.smallCompany),
    ),
  };
}

function opening(teller: Teller, brief: StoryBrief, plan: Plan): Scene {
  const { helps, companion } = plan.cast;
  const others = helps.filter((help) => help !== plan.help);
  const told = teller.isForTeens ? teenFrame : { openings: plan.setting.openings, introduction: frame.introduction };
  const intro = brief.kind === 'hero' ? frame.heroIntroduction : told.introduction;
  return {
    name: 'opening',
    paragraphs: [
      ...together(teller.one('opening', told.openings), teller.beat('introduction', intro)),
      ...together(
        teller.beat('plant', plan.help.topic.plant, { topic: plan.help.label }),
        ...others.slice(0, 3).map((help, place) =>
          teller.beat(`plant/${place}`, `1 ${plantOf(help, [plan.help, ...others.slice(0, place)])}`, {
            topic: help.label,
          }),
        ),
      ),
      ...teller.beat('companion', companionBeat(teller, plan), {
        ways: companion.ways,
        recall: recalled(teller, brief),
      }),
      ...(brief.previous && !plan.cast.returns ? teller.beat('recall', frame.recallToNew, titled(brief.previous)) : []),
    ],
  };
}

/** So that three loves in a row do not begin alike. */
const ALSO_LOVED = ['{They} also loved {topic}', 'And {they} loved {topic}'];

/** The first line is enough for a second love; a third of the same kind has one line for itself. */
function plantOf({ topic, isStrength }: Help, before: readonly Help[]): Beat {
  if (before.every((other) => other.topic.id !== topic.id))
    return (topic.plant.split('\n')[0] ?? '').replaceAll('{N} loved {topic}', ALSO_LOVED[before.length - 1] ?? '$&');
  return isStrength ? frame.secondStrength : frame.secondLove;
}

/** The test of the moral and the picture at the end belong together. */
function moralPair(teller: Teller, moral: StoryMoral): { test: Beat; picture: Beat } {
  const material = materialOf(moral);
  const [whole, small] = teller.isForTeens
    ? [moralsOfTeens[material.kind], miniaturesOfTeens[material.kind]]
    : [material, miniatures[material.kind]];
  const { tests, pictures } = teller.isMiniature ? small : whole;
  const place = teller.dice('moral').below(tests.length);
  return { test: tests[place] ?? '', picture: pictures[place % pictures.length] ?? '' };
}

function test(teller: Teller, moral: StoryMoral): Scene {
  const own = 'own' in moral ? teller.beat('own', frame.ownWords, { own: capitalised(tidied(moral.own)) }) : [];
  return { name: 'moral', paragraphs: [...own, ...teller.beat('test', moralPair(teller, moral).test)] };
}

function help(teller: Teller, plan: Plan, outcome: Beat): Scene {
  return {
    name: 'help',
    paragraphs: [
      ...teller.beat('help-comes', frame.helpComes, { topic: plan.help.label }),
      ...teller.help('help', plan.obstacle, { help: plan.help, slots: {} }),
      ...(plan.obstacle === 'lost' ? teller.beat('found', plan.skeleton.found ?? '') : []),
      ...teller.beat('outcome', outcome),
    ],
  };
}

function triesAt(teller: Teller, obstacle: Obstacle): readonly Beat[] {
  if (teller.isMiniature) return [smallTries[obstacle]];
  return (teller.isForTeens ? wrongTriesOfTeens : wrongTries)[obstacle];
}

export function mainScenes(teller: Teller, brief: StoryBrief, plan: Plan): MainScenes {
  const { skeleton, obstacle } = plan;
  const { want, outcome } = teller.isMiniature ? skeleton.small : skeleton;
  return {
    before: [
      teller.isMiniature && !brief.previous ? smallOpening(teller, plan) : opening(teller, brief, plan),
      { name: 'want', paragraphs: [...teller.beat('want', want), ...teller.beat('out', frame.settingOut)] },
    ],
    after: [
      {
        name: 'obstacle',
        paragraphs: [
          ...teller.beat('arrival', skeleton.arrival ?? arrivals[obstacle]),
          ...teller.one('wrong', triesAt(teller, obstacle)),
        ],
      },
      test(teller, brief.moral),
      help(teller, plan, outcome),
    ],
  };
}

const MOST_MET_AGAIN = 6;

/** Half of those who were met, the last one first: so they lie on the way home. */
function metAgain(teller: Teller, met: readonly Episode[]): Paragraph[] {
  if (met.length < 2) return [];
  const [last, ...before] = met.toReversed().slice(0, Math.min(MOST_MET_AGAIN, Math.ceil(met.length / 2)));
  const told = ({ id, later }: Episode, mark: string): Paragraph[] => teller.beat(`later/${id}`, `${mark} ${later}`);
  return [
    ...together(teller.beat('came-by', frame.cameBy), last ? told(last, '') : []),
    ...before.flatMap((episode) => told(episode, '1')),
  ];
}

/** Past those who were met, to bed, and to the picture that the moral leaves. */
export function ending(
  teller: Teller,
  { brief, plan, met }: { brief: StoryBrief; plan: Plan; met: readonly Episode[] },
): Scene {
  const { nights } = plan.setting;
  const { atHome } = plan.skeleton;
  return {
    name: 'ending',
    paragraphs: [
      ...teller.beat('home', frame.homecoming, { cheer: plan.cast.companion.cheer }),
      ...metAgain(teller, met),
      ...(atHome === undefined || teller.isMiniature ? [] : teller.beat('at-home', atHome)),
      ...together(
        teller.one(
          'night',
          nights.map((night) => `1 ${night}`),
        ),
        teller.beat('picture', moralPair(teller, brief.moral).picture),
      ),
    ],
  };
}
