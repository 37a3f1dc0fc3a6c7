/** Someone who goes along. Never called he or she, so that these stay with the one the story follows. */
export interface Companion {
  readonly name: string;
  /** Without an article. */
  readonly kind: string;
  /** How it is, told at the first meeting. */
  readonly ways: string;
  /** What it does when there is a little time; each begins with its name. */
  readonly habits: readonly string[];
  /** What it says when nothing goes right. */
  readonly grumble: string;
  readonly cheer: string;
}

export const companions: readonly Companion[] = [
  {
    name: 'Pip',
    kind: 'hedgehog',
    ways: 'Pip counted everything, always in threes, and always a little wrong.',
    habits: ['Pip counted the steps: one, two, three, seven.', 'Pip rolled up, thought, and unrolled again.'],
    grumble: 'One, two, three worries, and they are all for me',
    cheer: 'One, two, three hurrahs, and one for luck',
  },
  {
    name: 'Biscuit',
    kind: 'donkey',
    ways: 'Biscuit had never been in a hurry, and had never been late.',
    habits: ['Biscuit ate a thistle and considered the matter.', 'Biscuit turned one ear forward and one ear back.'],
    grumble: 'I could have told you so, but I was chewing',
    cheer: 'I knew it, I knew it, and I never even ran',
  },
  {
    name: 'Old Tock',
    kind: 'tortoise',
    ways: 'Old Tock was a hundred and two, and remembered most of it.',
    habits: [
      'Old Tock stretched a wrinkled neck and looked at the weather.',
      'Old Tock took four steps, and rested after each of them.',
    ],
    grumble: 'In all my hundred and two years I never saw the like',
    cheer: 'That was worth living a hundred and two years for',
  },
  {
    name: 'Juniper',
    kind: 'crow',
    ways: 'Juniper collected buttons, and had opinions.',
    habits: [
      'Juniper polished a button and looked at the world through the holes.',
      'Juniper hopped ahead, looked round, and hopped back.',
    ],
    grumble: 'I would not give one button for our chances',
    cheer: 'I would give my best button to see that again',
  },
  {
    name: 'Dot',
    kind: 'mouse',
    ways: 'Dot was as small as a thimble, and had the voice of a trumpet.',
    habits: ['Dot sat up on the hat brim to see further.', 'Dot washed both ears, which always helps.'],
    grumble: 'Small feet, long road, that is all I will say',
    cheer: 'Hear that? That was me, cheering',
  },
  {
    name: 'Moss',
    kind: 'toad',
    ways: 'Moss sneezed whenever somebody told a fib, and so people were careful.',
    habits: [
      'Moss blinked, first with one eye, then with the other.',
      'Moss sat down in the only puddle and sighed with pleasure.',
    ],
    grumble: 'My feet are dry, and now this',
    cheer: 'I could leap, and I believe I will',
  },
  {
    name: 'Captain',
    kind: 'cockerel',
    ways: 'Captain had a red comb and gave orders, mostly to the weather.',
    habits: [
      'Captain ordered the clouds to form a line.',
      'Captain marched in front with great dignity, and had to be called back.',
    ],
    grumble: 'This is not how I would have arranged it',
    cheer: 'Well done, all hands, and chiefly me',
  },
  {
    name: 'Bramble',
    kind: 'badger',
    ways: 'Bramble carried a bag, and in the bag was always the thing one needed last time.',
    habits: ['Bramble looked in the bag, and found a spoon.', 'Bramble sniffed the wind and wrote it down.'],
    grumble: 'I have a rope at home. At home, I said',
    cheer: 'I shall put this day in the bag and keep it',
  },
  {
    name: 'Figgy',
    kind: 'goat',
    ways: 'Figgy ate hats, letters and once a flag, and was sorry each time.',
    habits: [
      'Figgy tasted the signpost and shook both ears.',
      'Figgy climbed the highest thing there was, and then a higher one.',
    ],
    grumble: 'I cannot think with nothing to chew',
    cheer: 'I am so glad that I could eat a hat',
  },
  {
    name: 'Wick',
    kind: 'moth',
    ways: 'Wick was pale and polite, and was in love with every lamp.',
    habits: [
      'Wick flew round twice and settled on the warmest shoulder.',
      'Wick dusted off both wings and apologised for the dust.',
    ],
    grumble: 'I should not like to complain, but oh dear',
    cheer: 'I am shining, I think, or nearly',
  },
  {
    name: 'Mungo',
    kind: 'dog',
    ways: 'Mungo had three white paws and one brown one, and trusted everybody.',
    habits: ['Mungo sniffed at the day and found it good.', 'Mungo ran ahead twice and came back three times.'],
    grumble: 'I wagged at it, and it did not help',
    cheer: 'Best day, best day, best day of all',
  },
  {
    name: 'Tansy',
    kind: 'hen',
    ways: 'Tansy laid one egg a day and worried about it until the next.',
    habits: ['Tansy looked under a stone, in case.', 'Tansy shook out every feather and put them all back.'],
    grumble: 'I said so to my egg this very morning',
    cheer: 'I must tell my egg, I must tell it at once',
  },
];

/** One for a companion of whom nothing but a name is known. */
export const companionNamed = (name: string, kind: string): Companion => ({
  name,
  kind,
  ways: `${name} did not talk much on the road, and missed nothing.`,
  habits: [`${name} looked back once, and then only ahead.`, `${name} hummed a tune that had no end.`],
  grumble: 'We have seen worse, you and I, but not often',
  cheer: 'There we are, and both in one piece',
});
