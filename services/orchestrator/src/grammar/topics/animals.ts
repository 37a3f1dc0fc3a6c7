import type { Topic } from './topic.ts';

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
      Sniff by sniff they went, and where the smell was strongest, there was {goal}.`,
    shut: `"You don't push a shy dog," said {N}, "and you don't push a door like this."
      1 {They} scratched at the bottom corner instead, as a dog does that wants to be in.

      Scratch, scratch. Inside, something padded nearer and sat down against the latch.
      And {door} fell open.`,
    gap: `{N} gave a bark. It was a very good bark.
      1 For a moment nothing came.

      Then, from the other side, somebody barked back. A big brown dog came with a rope in its teeth, by a way that only dogs know.
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
    lost: `"If I were a cat, and it were small and shiny," said {N}, "I'd have patted it under something."
      1 {They} lay down flat and put {their} cheek to the ground.

      From close to the ground the world was all gaps and edges. In the darkest gap there was a gleam.
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
    dark: `{N} stood still and listened. "The thrush sings where the dark ends," {they} said. "It likes to see the sky."
      1 They held their breath.

      There it was, three notes and three again, ahead and to the right.
      They went after the song until it was just over their heads. And there was {goal}.`,
    shut: `"A woodpecker does not knock to be let in," said {N}. "It knocks to hear where it is hollow."
      1 {They} went over {door} with one knuckle, and {their} ear close by.

      Tock, tock, tock, tuck. There! {N} pressed the hollow place.
      And {door} opened like a beak.`,
    gap: `{N} whistled, long and high. Over {gap} came the swallows, each with a piece of string in its beak.
      1 There were ten of them, and then twenty, and then a hundred.

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
  plant: `{N} loved {topic}, and never went out without a magnifying glass. || {N} looked at {topic} through a magnifying glass, as other people look at pictures.
    1 {They} said good morning to every beetle, for {they} could not tell which ones {they} had met before.
    2 A whole meadow, {they} found, will fit into one hand, if you look closely enough.`,
  help: {
    dark: `"Wait," said {N}. "Where it is dark there are glow-worms, if you are quiet."
      1 So they were quiet.

      One green light went on, close to the ground. Then there was another, and another, like windows in a very small town.
      The town had one long street, and it led them to {goal}.`,
    shut: `{N} took out {their} magnifying glass. A line of ants was going in at {door}, and a line was coming out.
      1 They all went round one spot, as if it were holy.

      There, in between, sat a pin, no thicker than a hair. {N} drew it out.
      Then {door} could remember how to open.`,
    gap: `"A spider does not jump," said {N}. "It lets the wind carry the thread."
      {They} unravelled {their} scarf, the whole of it, and tied a thistle to the end.

      The wind took it over {gap}, and it caught. They plaited it thick, and tested it, and tested it again.
      Then they went across, hand over hand, like two good spiders.`,
    sad: `"Hold out your hand," said {N}, and set down on it a ladybird, red as a drop of paint.
      1 It walked up one finger and down the next.

      {Who} did not dare to breathe. "It trusts me," said {who}. "Why does it trust me?"
      "Because you are holding still," said {N}. "That is all it asks."`,
    broken: `{N} held {their} magnifying glass over it, and went along bit by bit. "Here," {they} said. "A bee has built in it."
      1 There was a door of clay there, as small as a pea.

      {N} found the bee a hollow reed instead, with a view. Then {they} brushed the clay away.
      With a buzz, {thing} started up.`,
    lost: `"Ants find everything," said {N}, and laid a crumb of sugar on the path.
      1 One ant came, and told the next, and that one told the rest.

      Soon there was a black thread of them, and it ran round something that was in their way.
      {N} knelt down. It was {thing}.`,
  },
};
