import type { Beat } from './engine/beat.ts';

/** Who and where, after the first sentence. */
export const introduction: Beat = `
  - {N} was {age}, and lived in {home}. || In {home} lived {N}, who was {age}. || {N}, who was {age}, lived in {home}. || {N} lived in {home}, and was {age} that year.
  2 It smelled of {smell} there, and all day long you could hear {sound}.`;

export const heroIntroduction: Beat = `
  - This is where {N} lived, in {home}. || In {home} lived {N}, of whom people told stories.
  2 It smelled of {smell} there, and all day long you could hear {sound}.`;

export const companionJoins: Beat = `
  And where {N} went, {C} the {kind} went too. || {N}'s best friend was {C} the {kind}. || And then there was {C} the {kind}, who lived just round the corner. || Nobody knew {N} better than {C} the {kind}. || Most days {N} was with {C} the {kind}, and this was one of them.
  1 {ways}`;

export const partnerJoins: Beat = `
  And beside {N} went {C}, who was a real hero. || That day {N} was not alone: {C} was there, the hero.
  1 {ways}`;

export const returning: Beat = `
  {C} the {kind} came along, as before. || Of course {C} the {kind} was there too.
  {recall}
  1 {ways}

  1 "Do you remember?" asked {C}.
  1 "Every bit," said {N}. "I still have the mud on my boots." || "I think of it when I can't sleep," said {N}, "and then I can."`;

export const partnerReturns: Beat = `
  {C} had come back. || Of course {C} was there again.
  {recall}
  1 {ways}

  1 "Do you remember?" asked {C}.
  1 "Every bit," said {N}. "I still have the mud on my boots." || "I think of it when I can't sleep," said {N}, "and then I can."`;

/** What happened the last time, when the story before tells what was wanted in it. */
export const recall: Beat = `The last time, in “{title}”, they had set out to {wish}. || They had come a long way together since “{title}”, when they had set out to {wish}.`;
export const recallTitle: Beat = `The last time, in “{title}”, they had come home late, and together.`;

/** When somebody else goes along this time. */
export const recallToNew: Beat = `It was some time after “{title}”, and {N} had told {C} all about it. || {N} had told {C} about “{title}” so often that {C} knew it by heart.`;

export const settingOut: Beat = `
  - So they took {way}, {N} in front and {C} behind{between}. || They set out, {N} and {C}{between}, along {way}. || A little later {N} and {C} were on {way}{between}. || {C} came along, of course. They went by {way}, {N} and {C}{between}. || The door clicked behind {N} and {C}. Before them lay {way}.
  - {wayLook}`;

export const helpComes: Beat = `- And now {N} thought of {topic}. || Then {N} had an idea, and it began with {topic}. || {N} stood still. Why hadn't {they} thought of {topic} before? || It was like this with {topic} as well, {N} remembered. || "Wait," said {N}. What was it that {they} always did with {topic}? || There was one thing that {N} knew about: {topic}. || {N} shut {their} eyes for a moment, and thought of {topic}.`;

/** An old saying carries the words of somebody's own moral. */
export const ownWords: Beat = `
  Long ago, someone had painted something on a stone by the way. {N} read it aloud. "{own}," it said. || "My grandmother had a saying," said {C}. "{own}. Just that." {N} turned it over in {their} mind.`;

export const homecoming: Beat = `
  - So they went home, {N} and {C}. || The way home was shorter, as ways home are. || On the way back they did not talk much. || It was late when {N} and {C} came home. || Then {N} and {C} turned round, and went home.
  1 "{cheer}," said {C}.`;

/** A second love, or a second gift, of a kind that was told of already. */
export const secondLove: Beat = `And {N} loved {topic} too. || Right after that, for {N}, came {topic}.`;
export const secondStrength: Beat = `And then there was {topic}: {N} could do that as well.`;

/** Whoever was met on the way is met again. */
export const cameBy: Beat = `The way home led past the same places, only the other way round. || It was the same way back, and they looked in on everybody. || Seen from the other side, everything had gone on without them.`;

/** All of the beginning in a story of one minute. */
export const smallOpening: Beat = `{N} lived {at}, and loved {topic}.`;
export const smallHeroOpening: Beat = `{N} lived {at}, and was known for this: {topic}.`;
export const smallCompany: Beat = `{C} the {kind} was always there too. || {C} the {kind} lived there too.`;
