import type { Beat } from './engine/beat.ts';
import type { Obstacle } from './topics/index.ts';

/** How what stands in the way comes in sight. */
export const arrivals: Readonly<Record<Obstacle, Beat>> = {
  dark: `They were nearly at {goal} when {fog} came. || Then came {fog}, and {goal} could not be seen any more.
    - {fogLook}
    1 {N} could not see {their} own boots.

    2 "Are you there?" asked {C}.
    2 "I'm here," said {N}. "Are you?"`,
  shut: `At {goal} they stopped, for there was {door}. || And then {N} stood before {goal}, and before {door}.
    - {doorLook}
    1 {N} tried knocking. Nobody answered.

    2 {C} walked round it once. "It looks just as shut from here," said {C}.`,
  gap: `Between {N} and {goal} lay {gap}. || They could see {goal} already, but {gap} lay in between.
    - {gapLook}
    1 They stood at the edge with the tips of their toes, and drew them back.

    2 "On the map it looked smaller," said {C}.`,
  sad: `And there was {who}. || {N} saw {who} before {who} saw {N}.
    - {whoLook}
    1 "Go away," said {who}. It was not even said angrily, and that was the worst of it.

    2 "It sounded tired," whispered {C}.`,
  broken: `Then {N} stood before it. {Thing} did not stir. || They climbed the last steps, and there was {thing}, and it did not move at all.
    1 You could see that it would have liked to.

    2 {C} walked all round it. "It has a great many parts," said {C}.`,
  lost: `{N} looked at {goal}, before it and behind it. {Thing} was not there. || At {goal} {N} saw what was the matter. {Thing} was gone.
    - {partLook}
    1 Now there was just the empty place where it should have been.

    2 "It can't have walked off," said {C}. "Or can it?"`,
};

/** What is tried first, and why it does not do: haste, force, or somebody else's way. */
export const wrongTries: Readonly<Record<Obstacle, readonly Beat[]>> = {
  dark: [
    `{N} simply ran on. After ten steps {they} ran into something with thorns.
      1 It was large, and it took its time about letting go.
      2 "That was the wrong way," said {C}. "I believe I noticed," said {N}.`,
    `"Always straight on," said {N}. They went straight on, and came out where they had started.
      1 There were their own footprints, going the other way.
      2 They tried it once more, faster. They only came back sooner.`,
    `{N} shouted as loudly as {they} could. The dark swallowed it, and nobody came.
      1 {They} shouted until {their} voice had a hole in it.
      2 Then it was even quieter than before.`,
  ],
  shut: [
    `{N} pushed with both hands, and then with {their} back. It did not move.
      1 They both pushed, and counted to three. It stayed as it was, and {C} had a bump.
      2 "It's stronger than we are," said {N}, and rubbed {their} shoulder.`,
    `{N} kicked it. That hurt, and it hurt only {N}.
      1 {They} hopped about on one leg, and said something to {door} that {they} did not mean.
      2 {Door} took no notice. It had been kicked before, by larger feet.`,
    `"Open!" called {N}. "Open sesame! Open at once!" But {door} had heard all of that before.
      1 {They} tried it in a deep voice and in a high one.
      2 {C} tried it backwards. It did no harm, and it did no good.`,
  ],
  gap: [
    `{N} took a run, and stopped so short that {their} heels smoked.
      1 It was too far. It was twice too far.
      2 A pebble went over instead of {them}. They did not hear it land for a long time.`,
    `{N} threw a branch across. It was too short, and it was gone.
      1 The second one was longer, and it was gone too.
      2 "We can't feed it all the branches there are," said {C}.`,
    `{N} put one foot forward, much too quickly, and slipped. {C} got hold of {their} jacket just in time.
      1 Their hearts hammered, both of them, not in time.
      2 "Let's not do it that way again," said {C}. "Let's not," said {N}.`,
  ],
  sad: [
    `{N} said everything {they} had thought out, fast, and all at once. {Who} turned away.
      1 {N} had not even said good day.
      2 "That was a lot of words," said {C}.`,
    `"You can't just stay here," called {N}. "Everybody is waiting!" Then {who} only grew stiller.
      1 There are people who close up when one pulls at them, like snails.
      2 {N} saw it, and bit {their} lip.`,
    `{N} made a face, and then a joke. Nobody laughed, least of all {who}.
      1 It was a good joke. It was only the wrong day for it.
      2 The wind went by, and even that sounded embarrassed.`,
  ],
  broken: [
    `{N} gave it a shake. Something fell off, and rolled away.
      1 They had to look for it on their knees.
      2 "Perhaps we shouldn't shake it any more," said {C}.`,
    `{N} pushed, as hard as {they} could. It creaked, and then it stuck faster than before.
      1 "That was a bad sort of creak," said {C}.
      2 {N} let go at once. {Their} palms were red.`,
    `{N} turned everything that could be turned. In the end nothing could be turned at all.
      1 It is hard to say sorry to {thing}, but {N} did.
      2 They sat down in front of it, rather low.`,
  ],
  lost: [
    `{N} ran here and ran there, and looked at everything and saw nothing.
      1 {They} looked three times in the same place, as you do.
      2 "You've looked under me twice," said {C}.`,
    `{N} turned over every stone, quickly, with both hands. Soon all was dug up, and nothing was found.
      1 It looked as if moles had had a party.
      2 "If it was here," said {C}, "it is now further down."`,
    `"Somebody must have taken it," said {N}, and looked for somebody. But there was nobody there.
      1 It would have been so handy to be angry with someone.
      2 There was just the wind, and you can't be angry with that for long.`,
  ],
};

/** The wrong try of a story of one minute. */
export const smallTries: Readonly<Record<Obstacle, Beat>> = {
  dark: `{N} ran on, straight into something with thorns.`,
  shut: `{N} pushed. It did not move.`,
  gap: `{N} took a run, and stopped just in time.`,
  sad: `{N} made a joke. Nobody laughed.`,
  broken: `{N} gave it a shake. Something fell off.`,
  lost: `{N} ran here and there, and saw nothing.`,
};
