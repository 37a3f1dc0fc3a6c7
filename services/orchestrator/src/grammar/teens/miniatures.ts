import type { MoralKind } from '../brief.ts';
import type { Miniature } from '../morals/miniatures.ts';

/** The test and the last picture of a moral for stories of one minute. */
export const miniaturesOfTeens: Readonly<Record<MoralKind, Miniature>> = {
  kindness: {
    tests: [
      `An old carter was stuck in the mud. {N} had no time, and put a shoulder to the wheel. "Now do yours like that," said the carter.`,
    ],
    pictures: [`Downstairs {N} left the last of the bread, wrapped in a cloth, for whoever came in late.`],
  },
  honesty: {
    tests: [`"You do know how?" asked {C}. "No," said {N}. "I only acted as if I did." With that one could begin.`],
    pictures: [`{N} crossed out the line that sounded good, and wrote the true one. It was shorter.`],
  },
  bravery: {
    tests: [`"I'm afraid," said {N} to nobody. Out loud it was smaller, and it had edges. One could walk round it.`],
    pictures: [`{N} went out once more without the lamp, and stood there until there were stars.`],
  },
  friendship: {
    tests: [`"You'd be faster alone," said {C}. "And have nobody to look at," said {N}, and carried both packs.`],
    pictures: [`Two cups stood on the step, long since cold. Neither {N} nor {C} had needed to say anything.`],
  },
  perseverance: {
    tests: [
      `It failed again. {N} changed one thing, and tried once more. This time it failed in a way that pointed somewhere.`,
    ],
    pictures: [`Eleven sheets lay on the floor, each less crooked than the one before. {N} had begun the twelfth.`],
  },
  empathy: {
    tests: [
      `{C} was short with {N}. "How long has that hurt?" asked {N} instead of answering. After that they could think.`,
    ],
    pictures: [`On the stairs sat the neighbours' youngest. {N} sat down one step lower, and had time.`],
  },
  respect: {
    tests: [
      `Somebody had laid out rings of small stones. "May we?" asked {N}. "Round the left," said a voice. From there it all looked different.`,
    ],
    pictures: [
      `{N} stood outside the door where one always walked straight in, and knocked. "Please," said the voice inside.`,
    ],
  },
  responsibility: {
    tests: [
      `"The tap in the barn," said {N}. "I promised." It was a long way back. It was running, right beside the seed corn.`,
    ],
    pictures: [`At six the pump could be heard in the yard. {N} had said, "I'll see to it," three weeks ago.`],
  },
};
