import type { PreviousStory, StoryBrief, StoryMoral } from './brief.ts';
import type { Beat, Paragraph } from './engine/beat.ts';
import type { Scene } from './engine/fit.ts';
import { capitalised, listed } from './engine/words.ts';
import * as frame from './frame.ts';
import { materialOf, miniatures } from './morals/index.ts';
import { arrivals, smallTries, wrongTries } from './obstacles.ts';
import type { Plan } from './plan.ts';
import { wishBefore } from './series.ts';
import type { Teller } from './teller.ts';
import { tidied } from './topics/index.ts';

/** The scenes every story has, in order; episodes go between the setting out and the obstacle. */
export interface MainScenes {
  readonly before: readonly Scene[];
  readonly after: readonly Scene[];
}

function companionBeat(plan: Plan): string {
  if (plan.cast.returns) return plan.cast.partner ? frame.partnerReturns : frame.returning;
  return plan.cast.partner ? frame.partnerJoins : frame.companionJoins;
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
  const intro = brief.kind === 'hero' ? frame.heroIntroduction : frame.introduction;
  return {
    name: 'opening',
    paragraphs: [
      ...together(teller.one('opening', plan.setting.openings), teller.beat('introduction', intro)),
      ...together(
        teller.beat('plant', plan.help.topic.plant, { topic: plan.help.label }),
        ...others
          .slice(0, 3)
          .map((help, place) =>
            teller.beat(`plant/${place}`, `1 ${help.topic.plant.split('\n')[0] ?? ''}`, { topic: help.label }),
          ),
      ),
      ...teller.beat('companion', companionBeat(plan), { ways: companion.ways, recall: recalled(teller, brief) }),
      ...(brief.previous && !plan.cast.returns ? teller.beat('recall', frame.recallToNew, titled(brief.previous)) : []),
    ],
  };
}

/** The test of the moral and the picture at the end belong together. */
function moralPair(teller: Teller, moral: StoryMoral): { test: Beat; picture: Beat } {
  const material = materialOf(moral);
  const { tests, pictures } = teller.isMiniature ? miniatures[material.kind] : material;
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
      ...teller.beat('outcome', outcome),
    ],
  };
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
          ...teller.beat('arrival', arrivals[obstacle]),
          ...teller.one('wrong', teller.isMiniature ? [smallTries[obstacle]] : wrongTries[obstacle]),
        ],
      },
      test(teller, brief.moral),
      help(teller, plan, outcome),
    ],
  };
}

/** Past those who were met, to bed, and to the picture that the moral leaves. */
export function ending(
  teller: Teller,
  { brief, plan, friends }: { brief: StoryBrief; plan: Plan; friends: readonly string[] },
): Scene {
  const nights = plan.setting.nights;
  const greeting = friends.length < 2 ? [] : teller.beat('friends', frame.friends, { friends: listed(friends) });
  return {
    name: 'ending',
    paragraphs: [
      ...teller.beat('home', frame.homecoming, { cheer: plan.cast.companion.cheer }),
      ...greeting,
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
