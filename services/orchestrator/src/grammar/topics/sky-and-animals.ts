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
      At last the dark thinned, and before them stood {goal}.
      2 "It has been there all the time," said {C}.`,
    shut: `"Those seven dents are not dents," said {N}. "They are stars. They are the Great Bear!"
      1 {They} held the chart beside them, and it was so.

      {They} pressed them, one by one, in the order in which they rise. Click, click, click.
      2 At the seventh, something inside drew a long breath.
      {Door} swung open.`,
    gap: `"The moon pulls at water, and at everything," said {N}. "We wait until it stands over us."
      1 They sat down and waited, which is harder than running.

      The moon came up. Stone after stone shone white, right across {gap}, like a path laid by someone kind.
      They stepped from light to light, and were over.`,
    sad: `{N} sat down beside {who} and pointed up. "That one looks lonely," {they} said. "It isn't. It is only far from the others."
      1 {They} told of the Bear and the Swan, and the star that waits all winter for its friend.

      {Who} looked up for a long time.
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

export const foxes: Topic = {
  id: 'foxes',
  words: 'fox wolf wolves wildlife'.split(' '),
  token: 'fox whistle',
  plant: `{N} knew a great deal about {topic}, and could walk as softly as one. || {N} had read every book on {topic}, some of them twice.
    1 {They} had a whistle that only foxes hear, and people who lie very still.
    2 Each evening {they} put an apple on the wall, and each morning the apple was gone.`,
  help: {
    dark: `{N} put two fingers to {their} lips and blew. There was no sound at all, and yet something heard it.
      1 Two green sparks opened in the dark.

      A fox stood there. It waved its white tail tip like a small lamp.
      2 "Follow the tail," whispered {N}. "It knows every root by name."
      They followed the white tip, left and right, until they stood before {goal}.`,
    shut: `"A fox's den has a back door," said {N}. "Always."
      1 {They} went round, nose to the ground, as foxes do.

      Behind a stone there was a hole, and in the hole a smooth iron ring.
      {N} pulled, and {door} opened as if it had only been waiting to be asked.`,
    gap: `"Foxes never cross where they stand," said {N}. "They go along the edge and look."
      1 So they went along {gap}, low and soft.

      And there, under dry leaves, was a row of little paw marks that led to a fallen tree.
      It lay right across, and so they came over with dry feet.`,
    sad: `{N} did what you do with a shy fox. {They} sat down, looked away, and put half {their} bread on the ground.
      1 {They} waited until the shadows had moved a whole hand.

      There was a rustle. There was a sniff.
      "Nobody ever left me the half with the crust," said {who}, and moved a little closer.`,
    broken: `"Listen as a fox listens," said {N}. "It can hear a mouse under the snow."
      1 {They} tilted {their} head, first left, then right.

      Something was scratching, deep inside. A beetle had got in among the works.
      {N} coaxed it out on a leaf, and {thing} gave a hum and went. || {N} lifted it out, and {thing} gave a shake and was itself again.`,
    lost: `"A fox would bury it," said {N}, "and a fox would know where the earth is soft."
      1 {They} went in circles, each one smaller than the last.

      Here the moss had a seam. {N} dug with both hands, and the earth smelled of pepper and night.
      And there lay {thing}.`,
  },
};

export const dogs: Topic = {
  id: 'dogs',
  words: 'dog puppy puppies hound pet'.split(' '),
  token: 'old dog lead',
  plant: `{N} loved {topic} so much that every dog in {land} knew {their} step. || {N} had no dog, but carried a lead, just in case, for {they} loved {topic}.
    1 {They} could tell any bark from any other with {their} eyes shut.
    2 {They} knew that a tail says more than a face, and that you must never lie to either.`,
  help: {
    dark: `{N} shut {their} eyes. "A dog does not look for the way," {they} said. "A dog smells it."
      1 {They} breathed in, slowly, in three small sniffs.

      Here it smelled of {smell}, and there it smelled of nothing. They went where the smell was strong.
      Sniff by sniff they went, until {their} hand touched {goal}.`,
    shut: `"You don't push a shy dog," said {N}, "and you don't push a door like this."
      1 {They} scratched at the bottom corner instead, as a dog does that wants to be in.

      Scratch, scratch. Inside, something padded nearer and sat down against the latch.
      And {door} fell open.`,
    gap: `{N} gave a bark. It was a very good bark.
      1 For a moment nothing came.

      Then, from the other side, somebody barked back. A big brown dog came with a rope in its teeth and swam.
      They tied the rope fast, and hand over hand they crossed {gap}.`,
    sad: `{N} did not say a word. {They} only leaned, as dogs do, with {their} whole side.
      1 {They} leaned for as long as it takes a candle to burn down a thumb.

      {Who} sat as stiff as a gate. Then {who} leaned back, a very little.
      2 "Nobody leans on me," said {who}. "They think I would bite."`,
    broken: `"It is not broken," said {N}. "It is waiting to be told that it is good."
      1 {Thing} creaked, rather like a puppy.

      {N} cleaned it, corner by corner, and talked to it the whole time. "Good. Very good. Now up!"
      And {thing} jumped, and shook itself, and went.`,
    lost: `"Seek!" said {N} to {themself}, for {they} knew how it is done.
      1 You don't run about. You go up and down, up and down, like someone raking.

      At the ninth turn {they} stopped with one foot in the air.
      Under the grass lay {thing}.`,
  },
};

export const cats: Topic = {
  id: 'cats',
  words: 'cat kitten kitty tiger lion leopard'.split(' '),
  token: 'cat bell',
  plant: `{N} loved {topic}, and cats came to {them} down from any roof. || Three cats slept on {N}'s bed, because {they} loved {topic}, and they knew it.
    1 {They} wore a little cat bell on a string, and could keep it from ringing.
    2 From them {they} had learned to land on {their} feet, and to look at a thing for a long time before touching it.`,
  help: {
    dark: `"Cats do not see more," said {N}. "They only open their eyes wider, and do not hurry."
      1 So {they} stood still and counted to fifty.

      Slowly the dark came apart: here a grey edge, there a grey stone, there a path.
      They went on soft feet, and the grey grew into {goal}.`,
    shut: `{N} sat down before {door} and stared at it. "Every cat knows this," {they} said. "You sit. You stare. Somebody opens."
      1 {C} sat down too, and tried to stare.

      They stared so hard that at last a small, cross voice said, "Oh, all right."
      And {door} opened from inside.`,
    gap: `"Not with a run," said {N}. "A cat measures first."
      1 {They} looked at {gap}, and wriggled, and looked again.

      There was a ledge to the left, no wider than a shelf. One paw, and the next, and do not look down.
      Like two cats on a wall they came to the other side.`,
    sad: `{N} shut {their} eyes slowly, and slowly opened them. That is how a cat says: I mean no harm.
      1 Nothing happened, so {they} did it again.

      {Who} stared. Then {who} blinked, slowly, first one eye and then the other.
      2 After that it would have been silly to be enemies.
      "Come nearer," said {who}. "You have good manners."`,
    broken: `"When a cat stops purring, you find the place behind its ear," said {N}.
      1 {They} felt along the cold side, bit by bit.

      There was a small stiff spring. {N} rubbed it, round and round, until it was warm.
      Deep inside, {thing} began to purr.`,
    lost: `"If I were a cat, and it were small and shiny," said {N}, "I should have patted it under something."
      1 {They} lay down flat and put {their} cheek to the ground.

      From there the world was all gaps and edges. In the darkest gap there was a gleam.
      {N} hooked it out with one finger. It was {thing}.`,
  },
};

export const horses: Topic = {
  id: 'horses',
  words: 'horse pony ponies unicorn riding donkey'.split(' '),
  token: 'plaited halter',
  plant: `{N} loved {topic}, and walked as if there were always one beside {them}. || {N} had a plaited halter on a nail, for {they} loved {topic}.
    1 {They} could click {their} tongue so that any horse would turn its head.
    2 There was always a little oat dust in {their} pockets, and a piece of carrot that had seen better days.`,
  help: {
    dark: `{N} clicked {their} tongue, twice. "A horse always knows the way to its stable," {they} said.
      1 Hooves came through the dark, slow and sure.

      A grey pony stood there, with stars of dew in its mane. {N} laid a hand on its neck and let it lead.
      2 It never stumbled once.
      So they came to {goal}, in step, like old friends.`,
    shut: `"You don't pull at a stubborn horse," said {N}. "You turn away, and then it follows."
      1 {They} turned {their} back on {door}, and hummed.

      For a while there was silence. Then something nudged {them} between the shoulders.
      {Door} had come open all by itself, out of curiosity.`,
    gap: `"A horse jumps with its heart first," said {N}, "and then it goes after it."
      1 {They} took twenty steps back, and stroked the air beside {them} as if there were a neck.

      Then they ran. Clip, clop, clip, clop – and up!
      When they opened their eyes, {gap} lay behind them.`,
    sad: `{N} came from the side, as you come to a frightened horse, and held out a flat hand with a bit of carrot.
      1 "You need not," {they} said. "It is only here, if you want it."

      {Who} breathed in. {Who} breathed out. Then the carrot was gone.
      "It is years," said {who}, crunching, "since anyone came from the side."`,
    broken: `"It has thrown a shoe," said {N}. "That is all. Look how it drags."
      1 {They} ran a hand down it, from top to bottom, as a smith does.

      There was the loose nail. {N} tapped it home with a stone, three taps, clink, clink, clink.
      And {thing} tossed its head, so to speak, and went.`,
    lost: `"Think how a horse would have carried it," said {N}. "Trot, trot – and here is a bump. Here it fell."
      1 {They} trotted the whole way again, bump by bump.

      At the third bump there was a tuft of grass, and in the tuft there was a shine.
      {N} bent down and picked up {thing}.`,
  },
};

export const birds: Topic = {
  id: 'birds',
  words: 'bird owl eagle parrot penguin robin duck chicken feather'.split(' '),
  token: 'grey feather',
  plant: `{N} loved {topic}, and knew each by its song. || {N} had a grey feather in {their} hat, for {they} loved {topic}.
    1 {They} could whistle like a blackbird, so that blackbirds answered.
    2 {They} kept a list of all the birds {they} had met, with their manners and what they liked for tea.`,
  help: {
    dark: `{N} stood still and listened. "The thrush sings from the highest place," {they} said. "Where it sings, there is the top."
      1 They held their breath.

      There it was, three notes and three again, up and to the right.
      They climbed after the song until it was just over their heads. It was sitting on {goal}.`,
    shut: `"A woodpecker does not knock to be let in," said {N}. "It knocks to hear where it is hollow."
      1 {They} went over {door} with one knuckle, and {their} ear close by.

      Tock, tock, tock, tuck. There! {N} pressed the hollow place.
      And {door} opened like a beak.`,
    gap: `{N} whistled, long and high. Over {gap} came the swallows, ten, twenty, a hundred.
      1 Each had a piece of string in its beak.

      They flew to and fro, and wove, and knotted, and by and by there was a bridge as light as a hammock.
      2 It smelled of straw, and it held.
      Across they went, swaying.`,
    sad: `{N} whistled, very softly, the song that a robin sings in winter, when nobody else does.
      1 It is a small song, but it goes through snow.

      {Who} had been scowling. Now {who} was listening.
      "I used to know that one," said {who}, and whistled the end of it, a little out of tune.`,
    broken: `"A bird's nest!" said {N}, and stood on tiptoe. "No wonder it can't move."
      1 It was empty, and very neatly made.

      {N} lifted it out with both hands and set it in a better place, on a ledge in the sun.
      {Thing} gave a flutter, and then it went.`,
    lost: `"Who likes shiny things?" said {N}. "A magpie does. And where does a magpie sit?"
      1 They looked up, and up.

      {N} held {their} feather out, a fair swap. Down came the magpie, and took it, and left something in its place.
      It was {thing}.`,
  },
};

export const insects: Topic = {
  id: 'insects',
  words: 'insect bug butterfly butterflies bee ant beetle spider ladybird ladybug caterpillar snail worm'.split(' '),
  token: 'magnifying glass',
  plant: `{N} loved {topic}, and never went out without a magnifying glass. || {N} looked at {topic} the way other people look at pictures.
    1 {They} said good morning to every beetle, for {they} could not tell which ones {they} had met before.
    2 A whole meadow, {they} found, will fit into one hand, if you look closely enough.`,
  help: {
    dark: `"Wait," said {N}. "On warm nights there are glow-worms, if you are quiet."
      1 So they were quiet.

      One green light went on in the grass. Then there was another, and another, like windows in a very small town.
      The town had one long street, and at the end of it stood {goal}.`,
    shut: `{N} took the magnifying glass. A line of ants was going in at {door}, and a line was coming out.
      1 They all went round one spot, as if it were holy.

      It was a pin, no thicker than a hair. {N} drew it out.
      Then {door} could remember how to open.`,
    gap: `"A spider does not jump," said {N}. "It lets the wind carry the thread."
      {They} unravelled {their} scarf, the whole of it, and tied a thistle to the end.

      The wind took it over {gap}, and it caught. They plaited it thick, and tested it, and tested it again.
      Then they went across, hand over hand, like two good spiders.`,
    sad: `"Hold out your hand," said {N}, and set down on it a ladybird, red as a drop of paint.
      1 It walked up one finger and down the next.

      {Who} did not dare to breathe. "It trusts me," said {who}. "Why does it trust me?"
      "Because you are holding still," said {N}. "That is all it asks."`,
    broken: `{N} held the magnifying glass over it, and went along bit by bit. "Here," {they} said. "A bee has built in it."
      1 There was a door of clay there, as small as a pea.

      {N} found the bee a hollow reed instead, with a view. Then {they} brushed the clay away.
      With a buzz, {thing} started up.`,
    lost: `"Ants find everything," said {N}, and laid a crumb of sugar on the path.
      1 One ant came, and told the next, and that one told the rest.

      Soon there was a black thread of them, and it ran round something that was in their way.
      {N} knelt down. It was {thing}.`,
  },
};

export const dinosaurs: Topic = {
  id: 'dinosaurs',
  words: 'dinosaur dino trex t-rex tyrannosaurus fossil triceratops mammoth reptile'.split(' '),
  token: 'fossil',
  plant: `{N} loved {topic}, and always had a fossil in {their} pocket. || {N} could say the names of forty {topic} without taking a breath, or very nearly.
    1 The fossil was a curled one, like a ram's horn, and it was older than the hills.
    2 When a thing seemed too large, {they} held the stone and thought: you have seen larger.`,
  help: {
    dark: `{N} knelt down and felt the ground. "Here is a print," {they} said. "Three toes! They walked here once, in a row."
      1 Each print was as large as a washbasin, and full of soft moss.

      "And where would they go? To high ground." Toe by toe and print by print they followed.
      And the last print was right beside {goal}.`,
    shut: `"This is no keyhole," said {N}. "It is a curl." And {they} took the fossil from {their} pocket.
      1 It went in as a foot goes into its own shoe.

      {They} turned it, all the way round, a hundred million years to the left.
      {Door} rumbled and opened.`,
    gap: `"Think of the long-necks," said {N}. "They did not go over things. They reached."
      There was a dead pine at the edge, as long as any neck.

      They pushed, and they rocked it, and it bowed its head, slowly, right across {gap}.
      2 "Thank you, old one," said {N}, and patted its bark.
      Along the neck they went to the other side.`,
    sad: `"You are not too large," said {N} to {who}. "I know of some who were much larger. And do you know what they ate? Leaves."
      1 {They} told of mothers as long as a street, who turned round three times so as not to tread on an egg.

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
  plant: `{N} believed in {topic}, and had a green scale to prove it. || {N} loved {topic}, and knew all the polite words for speaking to them.
    1 Some said that the scale was a bit of bottle. Those were people who had never held it.
    2 It was warm on cold days and cold on warm ones, and it hummed a little before rain.`,
  help: {
    dark: `{N} took out the green scale and breathed on it, three times, as one breathes on a sleepy fire.
      1 The first time nothing happened, nor the second.

      At the third breath it glowed. It was a small light, green as gooseberries, but it was enough for the next step.
      And there was always a next step, until the light fell on {goal}.`,
    shut: `"Old doors were made by old folk," said {N}. "They like to be spoken to." And {they} bowed.
      1 "Great and patient one," {they} said, "who has kept so well what you keep."

      There was a pause. Nobody had ever thanked {door} before.
      It went pink at the hinges, and opened.`,
    gap: `{N} held up the scale, and the sun went through it and threw a green spot on the sky.
      1 It was just the kind of spot that one dragon would make, to call another.

      Over {gap} there grew a shadow with wings. Warm wind lifted them, gently, as one lifts a cup.
      When it had set them down on the far side, there was nothing to be seen but a curl of smoke.`,
    sad: `"I know what is the matter," said {N}. "You have had to be fierce for so long."
      1 "It is the same with dragons. Their jaws ache from it, in the evening."

      {Who} swallowed. A puff of steam came out, and then a hiccup.
      "It is my jaws," said {who}. "How did you know?"`,
    broken: `"It has lost its warmth," said {N}. "Everything old has a little fire in the middle."
      1 {They} put the green scale to it, and both hands round the scale.

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
    gap: `"Then we shall need a ferry," said {N}, and looked about for wood.
      1 Four planks and {their} bit of rope were enough.

      They tied the knot that holds the harder you pull at it. They pushed off, and {C} was the crew.
      They rocked, and spun round once, and landed on the far side of {gap}.`,
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
