import type { Beat } from '../engine/beat.ts';

/** First sentences: the place as somebody sees it who has seen it for years. */
export const openings: readonly Beat[] = [
  `Most days in {land} end the way they began. This one did not.`,
  `There is an hour in {land} when the light is up and nobody else is.`,
  `Nothing had happened in {land} for so long that people had begun to call it peace.`,
  `People leave {land} at eighteen, and come back at forty, and say that it has shrunk.`,
  `You can hear everything in {land}, if you stay up for it.`,
  `It was one of those days on which {land} looks like a picture of itself.`,
  `In {land} they tell the same nine stories. This is the tenth.`,
  `Somebody had left a window open in {land}, and all night the only sound was a curtain.`,
];

export const introduction: Beat = `
  - {N} was {age} that year, and lived in {home}. || {N} lived in {home}, and was {age}: old enough to be asked, and not yet old enough to be listened to.
  2 It smelled of {smell} there, and from further off came {sound}.`;

export const companionJoins: Beat = `
  There was one person to whom {N} did not have to explain things: {C} the {kind}. || If {N} went anywhere, it was with {C} the {kind}.
  1 {ways}`;

/** How a stretch of road is told; each at most once. */
export const legs: readonly Beat[] = [
  `They came to {spot}, {N} a little ahead.`,
  `After a mile or so {N} stopped. Here was {spot}.`,
  `{N} had heard of {spot}, and had pictured it larger.`,
  `Neither {N} nor {C} said anything as far as {spot}.`,
  `The way went on as ways do, and {N} only noticed {spot} when they stood before it.`,
  `They argued about nothing much, {N} and {C}, until they got to {spot}.`,
  `Beyond the next rise {N} saw {spot}.`,
  `{N} would have gone left. They went right, and that brought them to {spot}.`,
  `For a while {N} walked with closed eyes, to find out what that leaves. Then there was {spot}.`,
  `It had clouded over by the time {N} reached {spot}.`,
  `{C} talked about the weather, and {N} let it happen. Then they were at {spot}.`,
  `On some old map this must have had a name. Now it was only {spot}, and {N} liked it.`,
  `They shared what was left in the bottle, {N} and {C}, by {spot}.`,
  `It was a long stretch. {N} measured it in fence posts, and at the ninetieth there was {spot}.`,
  `Where the road had been mended last, {N} found {spot}.`,
  `Nobody had been this way for a while, {N} could tell. At the end of it was {spot}.`,
  `{N} told {C} half of something, and kept the other half for later. By then they were at {spot}.`,
  `The wind had turned. It brought {N} the smell of cut hay, and after that it brought them to {spot}.`,
  `They passed a house with its lamp lit in the middle of the day. The next thing that {N} noticed was {spot}.`,
  `{N} picked up a stone, carried it for a mile for no reason, and put it down by {spot}.`,
  `There was a signpost with the names worn off. {N} took the road without one, and came to {spot}.`,
  `{N} looked back once. When {they} looked ahead again, there was {spot}.`,
];
