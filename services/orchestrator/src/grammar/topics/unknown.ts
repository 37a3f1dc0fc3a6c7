import type { Topic } from './topic.ts';

/** For a word nobody foresaw: whoever loves a thing has learned to look, to ask, to wait and to tell of it. */
export const unknownTopics: readonly Topic[] = [
  {
    id: 'notebook',
    words: [],
    token: 'fat notebook',
    plant: `{N} knew more about {topic} than anyone, and had filled a fat notebook. || On the front of {N}'s fat notebook it said, in large letters: {topic}.
      1 The notebook had a string round it, for otherwise it would have burst.
      2 {They} wrote down what {they} saw, what {they} guessed, and what {they} still had to ask.`,
    help: {
      dark: `"When I don't know the way," said {N}, "I do what I did with {topic}: one small thing after another." And {they} took the string off {their} notebook.
        1 They tied one end to a stone.

        They went as far as it reached, and looked, and wrote down what they found. Left was wrong. Straight on was wrong.
        Right was right, and there was {goal}.`,
      shut: `{N} opened {their} notebook. "I have a whole page on things that look shut," {they} said. "With {topic} it's just the same: you have to look at the back."
        1 They looked at the back, and on top, and underneath.

        Underneath was a catch as small as a bean. Nobody had ever knelt down before.
        {N} pressed, and {door} opened.`,
      gap: `"I once needed four days to understand one thing about {topic}," said {N}. "Then I saw that I had begun at the wrong end."
        1 They walked away from {gap}, until they could see the whole of it.

        From further back one could see it: there the two sides almost touched, like two people about to whisper.
        One long step, with {N}'s hand for {C} and {C}'s for {N}, and they were over.`,
      sad: `{N} sat down by {who} and opened {their} notebook. "I'll tell you about {topic}," {they} said, "and you tell me about what you love."
        1 {They} began with the best page.

        {N} told the small things first, then the great ones, and {who} forgot to look away.
        "I know something too," said {who}, slowly, "but no one has ever asked." So {N} asked.`,
      broken: `{N} leafed through {their} notebook. "Page nine," {they} said. "About {topic}, but it will do. When nothing works, take one thing away and look again."
        1 They took away one bit after another, and laid them in a row.

        At the fifth bit {thing} twitched. It was only a small bent pin.
        {N} straightened it, and put back the rest, and {thing} went.`,
      lost: `"I never look for a thing in a hurry," said {N}. "I learned that from {topic}." And {they} drew the whole place in {their} notebook, with everything that was in it.
        1 Then {they} looked from the page to the place, and from the place to the page.

        On the page there were six stones, and out there were seven.
        The seventh was {thing}.`,
    },
  },
  {
    id: 'teller',
    words: [],
    token: 'tin box',
    plant: `If you wished to make {N} happy, you had only to mention it: {topic}. || {N} could talk about {topic} from breakfast until the lamps were lit.
      1 In a tin box {they} kept the best of it: a picture, a ticket, a list of questions.
      2 Some people yawned. But {they} had noticed that nearly everyone leans forward in the end, if you tell it well.`,
    help: {
      dark: `"Let's call out," said {N}. "But call what?" And because {they} could think of nothing else, {they} shouted what {they} loved most. "{Topic}!"
        1 For a while there was nothing but dark.

        "Did somebody say {topic}?" answered a voice. Someone out there loved it as well! They talked back and forth, and walked towards the voice.
        And the voice was waiting, with a lamp, at {goal}.`,
      shut: `"Who goes there?" asked {door}, for it could talk. "What have you to tell me that I haven't heard?" So {N} told it about {topic}.
        1 {They} had never told it so well.

        "Go on," said {door}, and leaned a little closer. It leaned so far that it came right off the latch.
        "Oh," it said, and opened.`,
      gap: `{N} took everything out of {their} tin box. "When I first heard of {topic}," {they} said, "I thought: too much for me. So I took it bit by bit."
        1 {They} threw the lid across. It stayed where it fell, and showed that there was firm ground.

        Bit by bit they felt their way: a stone here, a root there, a rest, a stone.
        They did not think of {gap} until it lay behind them.`,
      sad: `{N} opened {their} tin box and let {who} choose one thing from it. It was a picture.
        1 "What is it?" asked {who}. It was the very best question.

        So {N} told about {topic}, with both hands. By the end {who} was sitting so near that their shoulders touched.
        "Tell it again," said {who}. "From the beginning."`,
      broken: `"With {topic} I always say: who made this, and what did they want?" said {N}. So {they} thought about whoever had made {thing}.
        1 Someone with large hands, and someone who liked things simple.

        "Then here there'd be a handle," said {N}, and here, under the dust, there was.
        One turn, and {thing} went.`,
      lost: `{N} emptied {their} tin box and shook it. "Once I lost the best thing I had about {topic}," {they} said. "It was in the lining. So, what is the lining here?"
        1 They looked for anything that had an inside and an outside.

        There was a hollow log, with moss folded in like cloth. {N} pushed in an arm, up to the shoulder.
        And out came {thing}.`,
    },
  },
];
