import type { Topic } from './topic.ts';

export const stars: Topic = {
  id: 'stars',
  words: 'star space planet moon astronomy rocket astronaut galaxy comet sky constellation'.split(' '),
  token: 'star chart',
  plant: `{N} loved {topic}, and had a star chart, soft from folding. || In {N}'s pocket was a chart of the night sky, with a bent corner, for {they} loved {topic}.
    1 {They} could find the Great Bear with one eye shut.
    2 On clear nights {they} stood at the window in bare feet, and said the names aloud, so that no star should feel left out.`,
  help: {
    dark: `"One star never moves," said {N}, and looked straight up. There it was, in a hole in the dark.
      1 It was no larger than a grain of salt.
      2 All the others went round it, as sheep go round a shepherd.

      They kept it on their left and walked. || They walked straight at it, step after step.
      At last the dark thinned, and before them was {goal}.
      2 "It has been there all the time," said {C}.`,
    shut: `"Those seven dents are not dents," said {N}. "They are stars. They are the Great Bear!"
      1 {They} held {their} chart beside them, and it was so.

      {They} pressed them, one by one, in the order in which they rise. Click, click, click.
      2 At the seventh, something inside drew a long breath.
      {Door} swung open.`,
    gap: `"It's just like the sky," said {N}. "You see nothing but dots, until you see the Great Bear." And {they} half shut {their} eyes.
      1 {They} looked for it as one does on a clear night, from bright to less bright.

      There it was: seven firm places, right across {gap}, four for the cart and three for the pole.
      They stepped from star to star, and were over.`,
    sad: `{N} sat down beside {who} and drew stars in the dust, and one of them far out. "That one looks lonely," {they} said. "It isn't. It is only far from the others."
      1 {They} told of the Bear and the Swan, and the star that waits all winter for its friend.

      {Who} looked at it for a long time.
      2 There was a sound like a stone being rolled from a door. It was a sigh.
      "Which is mine?" asked {who}, and it was quite a different voice.`,
    broken: `"It goes round like the sky," said {N}. "So it must have a middle that stands still."
      1 {They} looked for the one place that never moves.

      There it was, and a bit of grit was in it. {N} blew it out.
      {Thing} shivered, and began to turn. || And {thing} woke, and went round as smoothly as the night.`,
    lost: `"What you can't see by looking at, you see by looking past," said {N}. "It is so with faint stars."
      1 So {they} looked a little to one side, with wide eyes.

      And at the edge of everything, something twinkled that was not a star.
      There lay {thing}.`,
  },
};

export const dinosaurs: Topic = {
  id: 'dinosaurs',
  words: 'dinosaur dino trex t-rex tyrannosaurus fossil triceratops mammoth reptile'.split(' '),
  token: 'fossil',
  plant: `{N} loved {topic}, and always had a fossil in {their} pocket. || {N} knew everything about {topic}, and kept a fossil for luck.
    1 The fossil was a curled one, like a ram's horn, and it was older than the hills.
    2 When a thing seemed too large, {they} held the stone and thought: you have seen larger.`,
  help: {
    dark: `{N} knelt down and felt the ground. "Here is a print," {they} said. "Three toes! They walked here once, in a row."
      1 Each print was as large as a washbasin, and full of soft moss.

      "And where would they go? To high ground." Toe by toe and print by print they followed.
      And the last print was right beside {goal}.`,
    shut: `"This is no keyhole," said {N}. "It is a curl." And {they} took {their} fossil out of {their} pocket.
      1 It went in as a foot goes into its own shoe.

      {They} turned it, all the way round, a hundred million years to the left.
      {Door} rumbled and opened.`,
    gap: `"Think of the long-necks," said {N}. "They did not go over things. They reached."
      There was a dead tree at the edge, as long as any neck.

      They pushed, and they rocked it, and it bowed its head, slowly, right across {gap}.
      2 "Thank you, old one," said {N}, and patted its bark.
      Along the neck they went to the other side.`,
    sad: `"I know of some who were as long as a street," said {N} to {who}. "And they turned round three times, so as not to tread on an egg."
      1 {They} told of how they stood in the rain all night, and what it sounded like.

      {Who} listened with an open mouth. "As careful as that?" said {who}.
      "As careful as that," said {N}.`,
    broken: `"We must do it as they do with bones," said {N}. "Lay out all the pieces, and look which one knows its neighbour."
      1 It made a long row on the ground.

      There was one too many, a pebble that had got in by mistake. {N} put the rest together without it.
      And {thing} rose, and creaked, and lived.`,
    lost: `{N} took out a soft brush. "You never dig for old treasures," {they} said. "You sweep."
      1 Stroke by stroke, the dust went away.

      First there came an edge. Then there came a curve. Then it lay there, whole and clean.
      It was {thing}.`,
  },
};

export const dragons: Topic = {
  id: 'dragons',
  words: 'dragon monster magic wizard witch fairy fairies elf elves spell potion harry'.split(' '),
  token: 'dragon scale',
  plant: `{N} believed in {topic}, and had a green scale to prove it. || {N} loved {topic}, and had a green scale in {their} pocket, in case.
    1 Some said that the scale was a bit of bottle. Those were people who had never held it.
    2 It was warm on cold days and cold on warm ones, and it hummed a little before rain.`,
  help: {
    dark: `{N} took out {their} green scale and breathed on it, three times, as one breathes on a sleepy fire.
      1 The first time nothing happened, nor the second.

      At the third breath it glowed. It was a small light, green as gooseberries, but it was enough for the next step.
      And there was always a next step, until the light fell on {goal}.`,
    shut: `"Old doors were made by old folk," said {N}. "They like to be spoken to." And {they} bowed.
      1 "Great and patient one," {they} said, "who has kept so well what you keep."

      There was a pause. Nobody had ever thanked {door} before.
      It went pink at the hinges, and opened.`,
    gap: `{N} held up {their} green scale, and the light went through it and threw a green spot on the sky.
      1 It was just the kind of spot that one dragon would make, to call another.

      Over {gap} there grew a shadow with wings. Warm wind lifted them, gently, as one lifts a cup.
      When it had set them down on the far side, there was nothing to be seen but a curl of smoke.`,
    sad: `"I know what is the matter," said {N}. "You have had to be fierce for so long."
      1 {They} sat down. "It is the same with dragons," {they} said. "Their jaws ache from it, in the evening."

      {Who} swallowed. A puff of steam came out, and then a hiccup.
      "It is my jaws," said {who}. "How did you know?"`,
    broken: `"It has lost its warmth," said {N}. "Everything old has a little fire in the middle."
      1 {They} put {their} green scale to it, and both hands round the scale.

      They waited. They hummed the low hum that dragons hum to eggs.
      Tick, said {thing}. Tick, tick – and it went.`,
    lost: `"A dragon knows its treasure by heart," said {N}. "It shuts its eyes, and feels where there is one piece less."
      1 {They} shut {their} eyes, and held out a hand, and walked.

      {Their} fingertips grew warm, and warmer, and hot.
      {They} opened {their} eyes, and there was {thing}.`,
  },
};

export const sea: Topic = {
  id: 'sea',
  words: 'sea ocean boat ship pirate sailing whale dolphin fish shark mermaid beach swimming swim water turtle'.split(
    ' ',
  ),
  token: 'sailor’s knot',
  plant: `{N} loved {topic}, and could tie eleven knots. || {N} knew all about {topic}, and kept a bit of rope in {their} pocket to think with.
    1 {They} walked with a bit of a roll, though {they} had slept on dry land every night of {their} life.
    2 In a shell by {their} bed the tide came in and went out, and {they} listened to it as others listen to the rain.`,
  help: {
    dark: `"In fog a sailor steers by ear," said {N}. "Everybody hush."
      {They} cupped {their} hands and called, "Ahoy!"

      From the left the call came back quickly, and from the right slowly. "Then the open way is right," said {N}.
      Call by call they sailed through the dark, and made fast at {goal}.`,
    shut: `{N} laughed. "That is no lock," {they} said. "It is only a knot, and it is a bowline!"
      1 {Their} fingers knew it, as tongues know songs.

      You push the loop, you never pull. Over it goes, and under it goes, and out comes the end.
      {Door} drifted open like a boat let off its rope.`,
    gap: `"We rig a line, as from ship to ship," said {N}, and threw a loop of rope.
      1 The third throw caught a stump on the other side. The second had caught {C}.

      {They} tied the knot that holds the harder you pull at it. Then they went hand over hand, and {C} was the crew.
      They swayed like a lamp in a cabin, and came ashore beyond {gap}.`,
    sad: `"You have run aground," said {N} to {who}. "It happens to the best ships. You do not scold. You wait for the tide."
      1 And {they} sat down to wait, and did not look at the time.

      By and by a tear came, and then some more. That was the tide.
      "Now I float again," said {who}.`,
    broken: `"Sail, mast, rope," said {N}. "Always look at the rope first." And indeed the cord had frayed right through.
      1 It hung by one hair.

      {N} spliced it, strand by strand, three over and three under, and pulled it tight with {their} teeth.
      "Cast off!" {they} cried, and {thing} was under way.`,
    lost: `"What is lost drifts," said {N}. "So let us see which way things drift here." And {they} let a leaf go in the wind.
      1 It sailed along the ground, and round a corner.

      They ran after it. It had stopped in a quiet bay, where all the other lost leaves lay at anchor.
      Among them lay {thing}.`,
  },
};
