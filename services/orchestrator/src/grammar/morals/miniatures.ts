import type { MoralKind } from '../brief.ts';
import type { Beat } from '../engine/beat.ts';

/** The test and the last picture of a moral for stories of one minute. */
export interface Miniature {
  readonly tests: readonly Beat[];
  readonly pictures: readonly Beat[];
}

export const miniatures: Readonly<Record<MoralKind, Miniature>> = {
  kindness: {
    tests: [
      `A beetle lay on its back. There was no time, but {N} turned it over. "Thank you," it said. "Now look again."`,
      `A wet bumblebee sat in the dust. {N} warmed it in both hands until it flew. "Now think," it hummed.`,
    ],
    pictures: [
      `That evening {N} put a saucer of sugar water on the sill, for somebody small.`,
      `That night {N}'s second blanket lay on {C}. {N} pulled up {their} knees and smiled.`,
    ],
  },
  honesty: {
    tests: [
      `Crack! A little fence was broken. "Was that the wind?" asked a mole. "No," said {N}. "It was me." The mole nodded. "Then try again."`,
      `"Do you know how?" asked {C}. {N} went red. "No," {they} said. "I only acted as if I did." That was a beginning.`,
    ],
    pictures: [
      `On the table {N} left a note: "I broke the blue cup." Then {they} slept.`,
      `"And I had two pieces of cake!" {N} called down the stairs. Then {they} slept.`,
    ],
  },
  bravery: {
    tests: [
      `{N}'s knees shook. "I am afraid," {they} said aloud, and took one step. The knees came along.`,
      `Something growled. {N} held on to {their} own sleeve and went to look. It was a toad with a cold.`,
    ],
    pictures: [
      `That night the wardrobe creaked. {N} got up and opened it. "Good evening," {they} said to the coats.`,
      `"Without a light today?" asked {C}. "On a crack," said {N}. "Tomorrow a smaller one."`,
    ],
  },
  friendship: {
    tests: [
      `"Go on alone," said {C}. "I have a thorn." {N} sat down at once and pulled it out. Then there were two heads to think with.`,
      `A cart had room for one. {N} looked at {C}. "There are two of us," {they} said, and stayed.`,
    ],
    pictures: [
      `That night a string ran from {N}'s bed to {C}'s. Somebody pulled. Somebody pulled back.`,
      `There was one pear left. {N} cut it. {C} chose.`,
    ],
  },
  perseverance: {
    tests: [
      `"Once more," said {N}. It was no good. "Once more." That was no good either. "And once more," said {N}, and saw something new.`,
      `{N} threw {their} hat down. "I can't." {They} picked it up again. "I can't yet," {they} said.`,
    ],
    pictures: [
      `That evening the tower of spoons fell over four times. {N} had already begun again.`,
      `Over, under, round and through: it took {N} four goes, and then the bow held.`,
    ],
  },
  empathy: {
    tests: [
      `A crow screeched at them. Then {N} saw how it held its wing. "Does it hurt?" {they} asked. The crow fell silent, and let {them} think.`,
      `{C} was cross. "How is it for you?" asked {N}. It was mostly sore feet. After that they could think.`,
    ],
    pictures: [
      `{N} lay down on the floor to see how high the table is, if you are small. Next day there was a footstool.`,
      `It thundered, far off. {N} was not afraid, but lit the small lamp, for {C}.`,
    ],
  },
  respect: {
    tests: [
      `There was a nest in the way. "May we?" {N} asked the bird. "On tiptoe," it said. And on tiptoe it all looked different.`,
      `An old hare began to explain, very slowly. {N} took off {their} hat and heard it out. The last word was the one that helped.`,
    ],
    pictures: [
      `{N} carried {their} boots up the stairs, past the room where somebody old slept. No step creaked.`,
      `"May I?" asked {N} before {they} blew out the light. {C} finished the page, and nodded.`,
    ],
  },
  responsibility: {
    tests: [
      `"The gate!" said {N}. "I promised." {They} ran all the way back and shut it. After that {their} head was clear.`,
      `"We left the fire burning," said {N}. {They} went back and put it out, every spark. Now {they} could think.`,
    ],
    pictures: [
      `Before bed {N} went once round the house and shut the gate. Click. Nobody had asked.`,
      `{N} got up again. The cat's bowl was empty. Now it was full.`,
    ],
  },
};
