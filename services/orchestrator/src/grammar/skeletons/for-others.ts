import type { Skeleton } from './skeleton.ts';

export const lostOne: Skeleton = {
  id: 'lost-one',
  titles: [
    '{N} and the Lost {t:creature}',
    'The Long Way to {t:kin}',
    '{N} Brings Somebody Home',
    'The Smallest Traveller in {t:land}',
  ],
  obstacles: ['dark', 'gap'],
  slots: { goal: 'kin', between: ', with the little one in between' },
  small: {
    want: `On the doorstep sat {a:creature}, quite lost. "I'll take you home to {kin}," said {N}.`,
    outcome: `Then the {creature} ran, and fell over its own feet, and was home.`,
  },
  want: `On the doorstep sat {a:creature}, all alone. || Something small was sitting before the door, and it was {a:creature}.
    1 It shook all over.

    - "I went after a butterfly," it said, "and when I turned round, everybody had gone." || "I only looked round once," it said, "and they had all gone on without me."
    0y "I'll take you home to {kin}," said {N}. || "Don't cry," said {N}. "We'll find {kin}."
    0k "Before dark, you'll be back with {kin}," said {N}. "I promise." || {N} put on {their} boots. "To {kin}, then, and before dark," {they} said.
    0o At dawn the others would move on, and that would be for good. "Then we must reach {kin} tonight," said {N}. || {N} knew the season: tomorrow they would be gone for the whole winter. "We shall find {kin} before that," {they} said.

    2 "Is it far?" it asked.
    2 "It's a piece of the way," said {C}, "and then it's another piece."`,
  reminders: [
    'The little one had fallen asleep on {N}’s arm, and said one word in its sleep. It was “home”.',
    '“Will they still know me?” the little one asked. “They are counting right now,” said {N}, “and one is missing.”',
    'From time to time the little one called. From {kin} no answer came yet.',
    'The little one grew heavy, as small ones do towards evening. {N} did not put it down.',
  ],
  outcome: `There were shapes, and warm breath, and then a cry that made every head turn. || A call came, and another, and then they were all there at once.
    - The {creature} ran, and fell over its own feet, and was home. || {N} let go, and the {creature} ran the last bit alone.
    1 It was hugged from all sides, and scolded, and hugged again.

    2 "Thank you," said the largest of them to {N}, and bowed down to the ground. "We had counted nine times. It was always one too few."
    3 "Now you are right again," said {C}. Nobody could have put it better.`,
  wish: 'bring a lost {creature} home to {kin}',
};

export const goneQuiet: Skeleton = {
  id: 'gone-quiet',
  titles: [
    'The Day {t:wonder} Stopped',
    '{N} and {t:wonder}',
    'Why It Was So Quiet in {t:land}',
    '{t:wonder} Wakes Up',
  ],
  obstacles: ['broken', 'lost'],
  slots: { thing: 'wonder' },
  found: `{N} put it back where it belonged. || It went back into its place as if it had never been away.`,
  small: {
    want: `{Wonder} had stopped. "It is ill," said {N}. "I'll go and see."`,
    outcome: `{Wonder} was itself again, and all the windows flew open.`,
  },
  want: `As long as anyone could remember, {wonder} {wonderDid}. || Everyone in {land} was proud of one thing: {wonder}, which {wonderDid}.
    Today it {wonderStill}. || But this morning it {wonderStill}.

    0y "I want it to wake up," said {N}. "I'll go and look." || "It is ill," said {N}. "I'll go and see."
    0k Without it {feast} could not begin. "Somebody has to go and look," said {N}, and looked for somebody. Then {they} put on {their} boots. || {Folk} stood about and talked. {N} fetched {their} boots. "I'm going up to {goal}," {they} said.
    0o The old ones said that a place which lets such a thing die will soon let go of others. {N} had heard enough talk. "I'm going to {goal}," {they} said. || Some had begun to pack their things, for who can live without it? {N} did not want to see {land} empty. {They} set out for {goal}.

    1 It was so quiet that you could hear a spoon fall three houses away.
    2 "Have you ever mended such a thing?" asked {C}.
    2 "No," said {N}. "It has never been broken before, has it?"`,
  reminders: [
    'Behind them {land} lay quiet, much too quiet. {N} walked a little faster.',
    '“It might start again by itself,” said {C}. They listened. It did not.',
    'Someone came towards them, and asked only one thing: “Does it go yet?” “Not yet,” said {N}.',
    '{N} tried to remember how it had been when {wonder} still {wonderDid}. It was strange how soon one forgets.',
  ],
  outcome: `{Wonder} was itself again, and all over {land} the windows flew open. || Down in {land} heads went up. It was back!
    1 All {folk} came running, in slippers, in aprons, one with soap on one cheek.

    2 "Who did that?" they called up.
    2 {C} pointed, with everything there was to point with.
    3 Nobody made a speech. They just stood there together, and {wonder} {wonderDid}, and that was speech enough.`,
  wish: 'wake {wonder} of {land}',
};

export const newcomer: Skeleton = {
  id: 'newcomer',
  titles: [
    '{N} and {t:stranger}',
    'Somebody New in {t:land}',
    'The One Who Would Not Come Out',
    'A Place at {t:feast}',
  ],
  obstacles: ['sad'],
  slots: { who: 'stranger' },
  small: {
    want: `Somebody new was hiding at {goal}. It was {stranger}. "I'll ask it to supper," said {N}.`,
    outcome: `That evening there was a guest at the table.`,
  },
  want: `Somebody new had come to {land}: {stranger}, {strangerFrom}. || Since yesterday there was someone at {goal}. It was {stranger}, {strangerFrom}.
    - But {stranger} hid, and would not come out. || But all one ever saw was two eyes in the dark.

    0y "Nobody should be alone at {feast}," said {N}. "I'll go and ask." || {N} laid one more plate on the table. Then {they} went to fetch the guest.
    0k Tonight was {feast}, and {N} had counted the chairs. There was one too many, and {N} knew whose it was. || "Leave it alone," people said, "and it will go away." That was just what {N} did not want.
    0o Already there was talk in {land}: that it stole, that it bit, that it ought to be moved on. Nobody had asked it anything. So {N} went. || {Folk} would decide that evening whether it could stay. {N} thought that someone should speak with it first.

    1 {They} took some {food} along, wrapped in a cloth.
    2 "And if it bites?" asked {C}.
    2 "Then I'll know that it has teeth," said {N}. "Everyone has teeth."`,
  reminders: [
    'The cloth was still warm in {N}’s hand. Somewhere ahead someone had had no breakfast.',
    '“What do you say to somebody who knows nobody?” asked {C}. {N} thought about it for a good part of the way.',
    'At home they would be setting out the chairs now. {N} saw the empty one, as if it stood there in the path.',
    '“I was new once,” said {C}, out of the blue. “It was a long day.”',
  ],
  outcome: `{Stranger} came out, one step, and then one step more. || "Is there a chair?" asked {stranger}. "There is one too many," said {N}. "It's yours."
    2 It takes courage to come out. It takes a bit to wait for it, too.`,
  atHome: `That evening there was a guest at the table, between {N} and {C}. || They came back to {land} with one more than had gone.
    1 At first it was very quiet. Then someone passed the {food}, and someone asked for more.

    2 By the second helping they were all talking at once, and {stranger} had told the story of the long journey, with all the noises.
    3 "And this," said {stranger}, "is where I came out." They all clapped, and {C} twice.`,
  wish: 'bring {stranger} out of hiding for {feast}',
};
