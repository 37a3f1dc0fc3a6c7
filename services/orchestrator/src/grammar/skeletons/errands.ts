import type { Skeleton } from './skeleton.ts';

export const delivery: Skeleton = {
  id: 'delivery',
  titles: ['{N} and the Humming Parcel', 'The Parcel for {t:goal}', 'Do Not Shake', '{N} Carries Something Precious'],
  obstacles: ['gap', 'shut', 'dark'],
  slots: {},
  small: {
    want: `"For {elder}, at {goal}," it said on the parcel. "I'll carry it," said {N}, "with both hands."`,
    outcome: `"You're in time," said {elder}. In the parcel lay a tiny light.`,
  },
  want: `There was a parcel on the table, tied with blue string, and it hummed. || A parcel had come to {home}, as light as a loaf, and warm underneath.
    "For {elder}, at {goal}," it said on it. || On the label it said: "To {goal}. For {elder}. Do not shake."

    0y "May I take it there?" asked {N}. {They} {was} allowed to. || "I'll carry it," said {N}, "with both hands."
    0k It had to be there by dusk, for tonight was {feast}. "I'll do it," said {N}. || "Before {feast} begins!" it said underneath, in red. {N} was already tying {their} boots.
    0o Nobody was told what was in it, only that three people had waited for it for a year. {N} gave {their} word. || It was the last one, and there would not be another. "I'll carry it," said {N}, "and I know what that means."

    1 It hummed a little louder when {they} picked it up.
    2 {C} listened at one corner. "Bees," said {C}. "Or a very small choir."
    3 {N} would have liked to look. But a parcel is a kind of secret, and you don't shake secrets.`,
  reminders: [
    'The parcel had stopped humming. {N} put it under {their} jacket, and after a while it began again.',
    '{N} felt the knot. It held. {They} felt it again a hundred steps later.',
    '“Let me guess once more,” said {C}. “Is it a clock? Is it soup?” The parcel hummed and gave nothing away.',
    'It was odd how a thing so light could weigh so much towards evening. They changed arms.',
  ],
  outcome: `There stood {elder}. "You're in time!" And the string came off. || {Elder} took the parcel and held it to one ear, and smiled all over.
    - In the box, in straw, lay an egg of glass, and in it burned a tiny light. || Out of the paper came a music box no larger than a plum, and it knew one song.
    1 Nobody said anything. You had to look at it.

    2 "I lost it when I was as old as you," said {elder}. "It has been round the world, and now it's back."
    3 "And it didn't even get shaken," said {C}. "Hardly."`,
  wish: 'carry a parcel to {goal} in time',
};

export const fireErrand: Skeleton = {
  id: 'fire-errand',
  titles: [
    'The Night the Lamps Went Out',
    '{N} Fetches the Light',
    'One Flame for {t:land}',
    'How {N} Carried the Light Home',
  ],
  obstacles: ['dark', 'gap', 'shut'],
  slots: {},
  small: {
    want: `The wind had blown out every lamp. Only {goal} still had a flame. "I'll fetch it," said {N}.`,
    outcome: `There was the flame. {N} carried it home behind one hand.`,
  },
  want: `A wind had come in the night and blown out every light in {land}. || One gust had been enough, and {land} had not a single light left.
    Only up at {goal} was there still a flame. || There was just one flame left, and it was burning at {goal}.

    0y "I'll fetch it," said {N}, and took the little lantern. || {N} took the lantern from the hook. "I'll get us some light," {they} said.
    0k Supper stayed cold, and the babies cried. "Give me the lantern," said {N}. || {Elder} was too old to go, and the others were too busy arguing. So {N} took the lantern and went.
    0o In the winter before, they had fought over a candle end, neighbours who had shared a wall for years. {N} did not want to see that again. {They} took the lantern. || "By tomorrow they will be blaming each other," said {elder} quietly, and looked at {N}. {N} took the lantern from the hook.

    1 It was only a small one, with a door that squeaked.
    2 "One flame, for so many lamps?" asked {C}.
    2 "One flame is enough," said {N}. "You can take from it as often as you like."`,
  reminders: [
    'The lantern squeaked at each step. It was still empty.',
    'Behind them lay {land}, without one bright window. It looked like a face with its eyes shut.',
    '“Is it still burning?” asked {C}. Far off, at {goal}, there was a spark. It was.',
    '{N} held the empty lantern as one holds something that is already full.',
  ],
  outcome: `There was the flame. {N} held out the lantern, and it jumped over, as if it had been waiting. || At {goal} the flame stood up, and bowed, and stepped into the lantern.
    - {N} put a hand round it, so that it should not be cold. || From there on {N} walked with one hand in front of it.`,
  atHome: `One lamp took from the lantern, and the next took from that one. Soon {land} shone from end to end.
    2 They looked as if they had been strung on a thread.

    3 "And has yours got smaller?" asked {C}. {N} looked. It had not.`,
  wish: 'fetch a flame from {goal} for the dark lamps of {land}',
};

export const race: Skeleton = {
  id: 'race',
  titles: ['The Race to {t:goal}', '{N} and the Red Flag', 'The Red Flag of {t:feast}', '{N} and the Wrong Short Cut'],
  obstacles: ['gap', 'dark'],
  slots: {},
  small: {
    want: `Whoever was first at {goal} might hang out the red flag. {N} ran.`,
    outcome: `"This way!" {N} called to the others. So they all were first.`,
  },
  want: `For {feast} there is always a race, from the square up to {goal}. || Each year, for {feast}, everybody runs to {goal}.
    Whoever is up there first may hang out the red flag.

    0y {N} wanted to hold that flag. || {N} had dreamed of the red flag, three nights running.
    0k Three times {N} had run, and three times {they} had come in behind the ducks. || Last year {N} had fallen into the trough. This year {they} had practised.
    0o {N} had been laughed at once, and had not forgotten it. This time they would see. || To win meant more this year: the winner would speak for the young people on the council. {N} had a good deal to say.

    1 "On your marks," called {elder}, and dropped the handkerchief.
    2 They all ran, with elbows and dust and a dog.
    - "I know a short cut," panted {N}. It was the longest short cut there has ever been.
    3 "Oh dear," said {C}.`,
  reminders: [
    'From far off they heard the others shout. It was hard to tell whether they were in front or behind.',
    '{N} saw the red flag before {them}, although it was still lying rolled up in its box.',
    '“Are we winning?” asked {C}. “We are still in it,” said {N}.',
    'Somebody’s shoe lay on the path. So some of the others had passed this way as well.',
  ],
  outcome: `{N} looked round. Far back stood the others, hot and cross, and did not know how to go on. || Nobody had cheered yet, and now {N} saw why. The others were stuck, every one of them.
    - {N} could have run on. "Over here!" {they} called instead. "I'll show you!" || "This way!" called {N}, and waited till the last one had come.

    So it came about that they all arrived at once. Forty hands hung out the flag.
    2 It was rather crooked, and it was very red.
    3 "Who won?" asked {elder}. They looked at each other. Then they all pointed at {N}, and {N} pointed back at all of them.`,
  wish: 'be first at {goal} in the race of {feast}',
};
