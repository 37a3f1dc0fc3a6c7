import type { Beat } from './engine/beat.ts';
import { fullLength, leastLength, type Scene } from './engine/fit.ts';
import { helped, isToldTo, unaided, type Episode } from './episodes/index.ts';
import { passages, type Passage } from './passages.ts';
import type { Plan } from './plan.ts';
import { teenFrame } from './teens/index.ts';
import type { Teller } from './teller.ts';
import type { Help } from './topics/index.ts';

/** How a stretch of road is told; each at most once. */
const LEGS: readonly Beat[] = [
  `{N} and {C} came to {spot}.`,
  `By and by {N} stopped. They had come to {spot}.
    2 {otherHabit}`,
  `The next thing on the way was {spot}. {N} knew it only from hearsay.`,
  `Round a bend {N} saw {spot}.`,
  `They had walked a good while when {N} pointed. There was {spot}.`,
  `"Look!" said {N}, and there, ahead, was {spot}.`,
  `After that the way was easy as far as {spot}. {N} sang a bit of a song.`,
  `{N} had a stone in one boot. They stopped to shake it out, and where they stopped was {spot}.`,
  `Nobody had told {N} about {spot}. Now they were there.`,
  `The sun went behind a cloud and came out again, and by then {N} had reached {spot}.`,
  `"Left or right?" asked {C}. {N} chose left, and that way they came to {spot}.`,
  `They shared an apple, {N} and {C}, bite and bite about, and with the last bite they were at {spot}.`,
  `It went uphill for a while, and downhill for a while, and {N} was quite warm when they saw {spot}.`,
  `{N} counted a hundred steps, and another hundred. At the third hundred they came upon {spot}.`,
  `A magpie flew ahead of {N} from post to post, and left them at {spot}.`,
  `Further on, where hardly anyone goes, {N} found {spot}.`,
  `For a time {N} walked with eyes shut, one hand on {C}, just to see how it is. Then there was {spot}.`,
  `{N} walked on the left and {C} on the right, and then the other way about, for a change. So they got to {spot}.`,
  `A cloud in the shape of a shoe went along with {N} for some time. Where it came apart there was {spot}.`,
  `"Who can walk the quietest?" asked {C}. Nobody won, but {N} heard a bee before they saw {spot}.`,
  `{N} jumped over every puddle but one. Beside that one was {spot}.`,
  `It was nobody's turn to say anything, so {N} whistled. At the end of the tune lay {spot}.`,
  `The path grew so narrow that {N} went first, and {C} held on behind. It let them out at {spot}.`,
  `The way forked, and met itself again, and {N} laughed at it. Behind the second fork lay {spot}.`,
];

/** Places that are found everywhere, for when those of the setting have all been seen. */
const ANYWHERE: readonly string[] = [
  'a bench with one short leg',
  'a wall that was warm from the sun',
  'an empty chair, standing in the open as if it were waiting for someone',
  'a wheelbarrow full of rainwater',
  'a door frame without a house',
  'a heap of leaves as tall as a person',
  'a kite, caught on a post',
  'a little bridge over nothing much',
  'a signboard with nothing on it but weather',
  'a stool, a bucket and a very old boot',
  'a string of flags left over from some feast',
  'a ladder that leaned on the air, or so it seemed',
  'a circle of white stones',
  'a cart without a horse',
  'a letter box on a pole, a long way from any house',
  'a puddle in the shape of a heart',
];

interface Stop {
  readonly episode: Episode;
  readonly help: Help | undefined;
}

const MAX_STOPS = 28;

/** Which gifts get past which small obstacles: each gift at each kind of obstacle once, those not used elsewhere first. */
function stopsOf(teller: Teller, plan: Plan): Stop[] {
  const { helps, partnerHelps } = plan.cast;
  const others = [...partnerHelps, ...helps.filter((help) => help !== plan.help)];
  const gifts = [...others, plan.help];
  const used = new Set([`${plan.help.topic.id}/${plan.obstacle}`]);
  const toldHere = (episode: Episode): boolean =>
    isToldTo(episode, teller.age) && !(episode.unfit ?? []).includes(plan.skeleton.id);
  const open = teller.dice('episodes/helped').shuffled(helped.filter(toldHere));
  const plain = teller.dice('episodes/unaided').shuffled(unaided.filter(toldHere));
  const stops: Stop[] = [];
  const takeHelped = (turn: number): boolean => {
    const help = gifts[turn % gifts.length];
    const place = open.findIndex(({ obstacle }) => help && !used.has(`${help.topic.id}/${obstacle}`));
    const [episode] = place < 0 ? [] : open.splice(place, 1);
    if (!help || !episode) return false;
    used.add(`${help.topic.id}/${episode.obstacle}`);
    stops.push({ episode, help });
    return true;
  };
  for (let turn = 0; turn < MAX_STOPS && open.length + plain.length > 0; turn += 1) {
    // Every gift has its turn first; then they take turns with episodes that need none.
    if (turn >= others.length && turn % 2 === 1) {
      const episode = plain.pop();
      if (episode) stops.push({ episode, help: undefined });
    } else if (!takeHelped(turn)) {
      const episode = plain.pop();
      if (episode) stops.push({ episode, help: undefined });
    }
  }
  return stops;
}

const REMINDER_EVERY = 3;

function scenesOf(teller: Teller, plan: Plan, stops: readonly Stop[]): Scene[] {
  const legs = teller.dice('legs').shuffled(teller.isForTeens ? teenFrame.legs : LEGS);
  const spots = [...teller.dice('spots').shuffled(plan.setting.spots), ...teller.dice('anywhere').shuffled(ANYWHERE)];
  const reminders = teller.dice('reminders').shuffled(plan.skeleton.reminders);
  return stops.map(({ episode, help }, place) => {
    const slots = { ...episode.slots, spot: spots[place % spots.length] ?? '' };
    const key = `stop/${episode.id}`;
    const reminder = place % REMINDER_EVERY === REMINDER_EVERY - 1 ? reminders.pop() : undefined;
    const leg = legs[place % legs.length];
    return {
      name: `episode/${episode.id}`,
      paragraphs: [
        ...teller.beat(`${key}/leg`, leg ?? '', slots),
        ...teller.beat(`${key}/before`, episode.before, slots),
        ...(help && episode.obstacle ? teller.help(`${key}/help`, episode.obstacle, { help, slots }) : []),
        ...teller.beat(`${key}/after`, episode.after, slots),
        ...(reminder === undefined ? [] : teller.beat(`${key}/reminder`, `2 ${reminder}`, slots)),
      ],
    };
  });
}

function passageOf(teller: Teller, { name, beats }: Passage): Scene {
  return { name, paragraphs: teller.one(name, beats) };
}

/** Adventures with the passages between them: first those of the day, then dusk, then the dark, in which nobody looks far. */
function inOrder(teller: Teller, plan: Plan, stops: readonly Stop[]): Pick<Journey, 'scenes' | 'met'> {
  const at = (late: Episode['late']): Stop[] => stops.filter(({ episode }) => episode.late === late);
  const ordered = [...at(undefined), ...at('dusk'), ...at('dark')];
  const scenes = scenesOf(teller, plan, ordered);
  const nightfall = stops.length - at('dark').length;
  for (const passage of passages.toReversed())
    if (stops.length >= passage.fromStops)
      scenes.splice(Math.min(nightfall, Math.round(stops.length * passage.share)), 0, passageOf(teller, passage));
  return { scenes, met: ordered.map(({ episode }) => episode) };
}

export interface Journey {
  readonly scenes: readonly Scene[];
  /** Whom they met, in order. */
  readonly met: readonly Episode[];
}

/** A little more than is wanted, so that what does not fit can be left out. */
const ENOUGH = 1.03;
/** Of the wanted length, for what cannot be left out. */
const ROOM = 0.85;

/** As many adventures by the wayside as the wanted length has room for beside the main scenes. */
export function journeyOf(teller: Teller, plan: Plan, main: readonly Scene[], wanted: number): Journey {
  const stops = stopsOf(teller, plan);
  const all = scenesOf(teller, plan, stops);
  let [least, full] = [leastLength(main), fullLength(main)];
  let count = 0;
  const gifts = plan.cast.helps.length + plan.cast.partnerHelps.length;
  for (const scene of all) {
    const due = passages.filter(({ fromStops }) => fromStops === count + 1);
    const added = [scene, ...due.map((passage) => passageOf(teller, passage))];
    const more = leastLength(added);
    const isShort = full < wanted * ENOUGH;
    // Somebody's second love has its moment as soon as there is room for one, and for more than the bones of the rest.
    const isDue = count < Math.min(gifts - 1, 1) && least + more <= wanted * ROOM;
    if (!(isShort || isDue) || least + more > wanted) break;
    least += more;
    full += fullLength(added);
    count += 1;
  }
  return inOrder(teller, plan, stops.slice(0, count));
}
