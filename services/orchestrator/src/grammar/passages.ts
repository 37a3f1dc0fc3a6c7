import type { Beat } from './engine/beat.ts';

/**
 * What a long way has besides its adventures: a rest, a setback, the last stretch. Only long stories have them; they are
 * told at the same share of the way in each.
 */
export interface Passage {
  readonly name: string;
  /** It is told when there are so many adventures. */
  readonly fromStops: number;
  /** How much of the way lies behind. */
  readonly share: number;
  readonly beats: readonly Beat[];
}

const rest: Passage = {
  name: 'rest',
  fromStops: 4,
  share: 0.4,
  beats: [
    `At noon they sat down in the shade, and {N} shared out the {food}.
      1 {habit}

      "Shall I tell you something?" asked {C}. "I've never told anyone."
      {N} stopped chewing. One can't hear a secret properly while chewing.
      "When I was small, I was afraid of my own shadow," said {C}. "It was always so much longer than I was. In the end I asked it what it wanted."
      "And what did it want?" asked {N}.
      "It wanted to know where we were going," said {C}. "Nobody had ever told it."

      {N} looked at the ground. At noon shadows are quite short. "We could tell ours now," said {N}.
      So they did, both of them. And when they got up again the shadows came along, and were no trouble at all.`,
    `When the sun stood highest they lay down on their backs, {N} and {C}, heads together and feet apart.
      "That cloud is a ship," said {N}. "It's a bathtub," said {C}. They watched it. It came apart in the middle, and was two bathtubs, or two ships.
      1 {habit}

      "What will you do first, when we are back?" asked {C}.
      1 {N} thought about it for the length of three clouds.
      "Tell it," said {N}. "From the beginning. And you'll say whenever I leave something out."
      "And you'll leave something out, so that I can," said {C}.
      1 {N} had not known that {C} knew that.`,
    `They rested on a wall that kept the wind off, with the {food} between them.
      1 {habit}

      "If you could be somebody else for a day," said {N}, "who would you be?"
      1 {C} thought about it for as long as it takes to eat a crust.
      "You," said {C}. "To see what I look like from over there."
      "And if I were you," said {N}, "I'd find out what you think about when you say that you're not thinking about anything."

      "I'll tell you that for nothing," said {C}. "I think: I hope nobody asks."
      1 They laughed so much that the last of the {food} fell off the wall, and an ant had a feast day.
      Then {N} jumped down, and held out a hand, and they went on.`,
  ],
};

const setback: Passage = {
  name: 'setback',
  fromStops: 7,
  share: 0.7,
  beats: [
    `Then the path stopped. It did not turn and it did not fork. It stopped in the middle of a meadow, like a sentence of which nobody knows the end.
      1 {N} walked round the place, to see whether it went on behind. It did not.

      "{grumble}," said {C}.
      "We went wrong at the crooked tree," said {N}. "It was I who wanted that one. You wanted the other."
      1 {C} might have said a good deal now.
      "It was the nicer one," said {C}. "I'd have taken it too, if I had dared to be wrong."

      They went back, all the way, to the crooked tree. There {N} tied a blade of grass to the branch that pointed down the nice path.
      "For those who come after us?" asked {C}. "For us," said {N}. "So that we can laugh at it on the way home."`,
    `All at once {N} sat down in the middle of the path, and did not get up again.
      "I can't go on," said {N}. "It's too far. Somebody larger should have gone."
      1 {C} did not say that it was not far. It was.
      {C} sat down too, and for a while there was only the wind.

      "Do you see that stone?" asked {C} then. "Just to that stone."
      {N} got up, for it was only to that stone. From there it was only to the gatepost. From the gatepost it was only to the white horse, and the white horse came to meet them.
      1 "You did that on purpose," said {N}.
      1 "I only wanted to see the horse," said {C}.
      "Just to the next bend," said {N}, and this time {N} was the one to say it.`,
    `The sky went black over the hills, and then the hail came, in grains as large as peas.
      There was no roof anywhere. But there was an old trough, and they turned it over and crept under it, {N} and {C}, nose to nose.
      1 It drummed so loudly that one could only talk by making faces.
      1 {N} made the face for "Are you wet?" The answer was the face for "Yes", and then the one for "And you are sitting on my foot."

      When it was over the bread was soup, and there was ice in both of {N}'s boots.
      "{grumble}," said {C}.
      "But look," said {N}. The whole land was white, and steamed, and glittered, and through the middle of it, quite dry and clear, ran their path.`,
  ],
};

const lastStretch: Passage = {
  name: 'last-stretch',
  fromStops: 10,
  share: 0.95,
  beats: [
    `Towards evening the shadows ran on ahead of them. {N} was walking more slowly now, and it was not because of the legs.
      "What if it doesn't go well?" asked {N}.
      1 {C} did not answer at once, for it was a proper question.
      "Then we'll have been there," said {C}, "and the next ones can ask us the way."

      1 It was not quite a comfort, but it had the weight of one.
      {N} took hold of {C}, and {C} of {N}, and they went the last long stretch in step.`,
    `There was one more hill, and from the top of it they saw how far they had come. The path lay behind them like a thread that somebody had dropped.
      "That's where we had lunch," said {N}, and pointed. "And that dot there, that's where you wanted to go home."
      "That was you," said {C}.
      1 "It's a very small dot," said {N}.

      1 For a moment they sat there with the whole day before them, seen from the other side.
      Then {N} stood up first. "From here on it's downhill," said {N}. It was not, but it helped.`,
  ],
};

export const passages: readonly Passage[] = [rest, setback, lastStretch];
