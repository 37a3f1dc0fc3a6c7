import type { Topic } from './topic.ts';

export const music: Topic = {
  id: 'music',
  words: 'music singing sing song piano guitar violin drum drums flute trumpet band opera instrument choir'.split(' '),
  token: 'tin flute',
  plant: `{N} loved {topic}, and had a tin flute in {their} pocket. || {N} loved {topic}, and played along on a tin flute, even with the drip of the tap.
    1 The flute had a dent that made the low note sound like a cow.
    2 {They} had a tune for getting up, one for stairs, and a very slow one for doing the washing-up.`,
  help: {
    dark: `{N} played three notes on {their} flute, and listened. From one side they came back dull, and from the other they came back clear.
      1 "Where it rings, there is room," {they} said.

      So they went on, three notes at a time, and let the echo take them by the hand.
      When it rang like a bell, they stood before {goal}.`,
    shut: `{N} knocked on it and put {their} ear close. "It hums," {they} said. "It hums the beginning of a tune, and then it stops."
      1 It had forgotten how it goes on, poor thing.

      {N} took {their} flute and played the end of it. It was not hard, for it wanted to come down like a ball off a step.
      And {door} opened on the last note.`,
    gap: `"Hear the wind in it?" said {N}. "It breathes in, and it breathes out. It has a beat."
      1 They tapped it with their feet: one, two, three, and four.

      At each beat the water sank, or the wind did, and the stones stood free. "And – now!"
      They crossed {gap} as one crosses a floor in a dance.`,
    sad: `{N} sat down and played {their} flute, very softly, and not a merry tune. It was a tune that says: I know.
      1 When it was over, {they} played it again.

      By the third time, {who} was humming along, deep and rusty, underneath.
      2 It fitted as a cellar fits a house.
      "It is better with two," said {who}.`,
    broken: `{N} hummed up, and {N} hummed down, and at one note {thing} trembled. "That is the one it's missing," {they} said.
      1 It came from deep inside, like a bird in a box.

      {They} found a little bent reed, and straightened it with a fingernail, and blew.
      The note came out as round as an egg, and {thing} went.`,
    lost: `"Everything rings, if you tap it," said {N}. "Wood says tock, and stone says tick. Metal sings."
      1 With the end of {their} flute {they} tapped on, yard after yard.

      Tick. Tock. Tick. Tick. Ting!
      And under the ting lay {thing}.`,
  },
};

export const drawing: Topic = {
  id: 'drawing',
  words: 'drawing draw painting paint art colour color colouring crayon comic'.split(' '),
  token: 'stump of chalk',
  plant: `{N} loved {topic}, and always had a stump of chalk on {them}. || {N} loved {topic}, and never went by a grey wall without a bit of chalk.
    1 There was chalk on {their} nose as well, but nobody told {them}, for it suited {them}.
    2 When {they} wished to understand a thing, {they} drew it, and while {they} drew, it told {them}.`,
  help: {
    dark: `{N} drew a white arrow on the stone, and then one on the next tree. "Now we can't walk in circles," {they} said.
      1 Twice they met an arrow of their own, and knew better.

      Arrow by arrow they went, until there was no dark left to go through. The last one pointed at {goal}.
      2 "That," said {C}, "is the best picture you ever made."`,
    shut: `"It has no handle," said {N}. "So I shall make it one." And {they} drew it, with the light on its left side and a shadow under it.
      1 {They} took {their} time over the shadow.

      It looked so like a handle that {C} reached out. It turned!
      And {door} opened, a little surprised.`,
    gap: `"From here it looks wide," said {N}. "Everything does, from in front." {They} walked along and drew what {they} saw.
      On the third drawing there was a line that did not belong.

      It was the shadow of a rock bridge, the same grey as everything behind it. Only the shadow gave it away.
      They put their feet where the drawing said, and were over {gap}.`,
    sad: `"Hold still, if you like," said {N}, and began to draw {who}. {They} drew the frown, but also what was under it.
      1 It took a long time. Nobody had ever looked at {who} for so long.

      {N} turned the paper round. "Is that me?" said {who}. "I look almost kind."
      "I only draw what is there," said {N}.`,
    broken: `{N} sat down and drew it, piece by piece, as it ought to be. Then {they} held the drawing beside it. "There! That bit is upside down."
      1 One really had to draw it to see it.

      {N} turned it the right way up, and it slid home.
      {Thing} hummed, and went.`,
    lost: `"Don't look for the thing," said {N}. "Look for its colour." And {they} half shut {their} eyes.
      1 Brown, brown, grey, brown. Green. Grey.

      And there was one dot of quite another colour, no larger than a freckle.
      {N} knelt down by it, and it was {thing}.`,
  },
};

export const dancing: Topic = {
  id: 'dancing',
  words: 'dance dancing ballet dancer theatre theater acting circus juggling skating acrobat'.split(' '),
  token: 'red ribbon',
  plant: `{N} loved {topic}, and never simply walked, but turned, and a red ribbon turned too. || {N} loved {topic}, and wore a red ribbon for luck.
    1 {They} practised on the stairs, in the bath, and once in a queue.
    2 A mistake, {they} used to say, is just a new step that nobody has learned yet.`,
  help: {
    dark: `"Feet are cleverer than eyes," said {N}, and took off {their} shoes. "They remember where others have walked."
      1 The ground was cool here, and there it was warm from many feet.

      Heel and toe, heel and toe, {they} danced ahead, and {C} held on to {their} red ribbon.
      With one last turn they stood before {goal}.`,
    shut: `Before it the stones were of two kinds, light and dark. {N} looked at them with {their} head to one side. "That isn't a floor," {they} said. "It's a dance."
      1 Light, light, dark. Light, light, dark.

      {They} bowed, and {they} danced it, and on the last stone {they} came down with both feet.
      Under them something clicked, and {door} opened.`,
    gap: `"You don't look down, you look where you're going to land," said {N}. "And you take the music along."
      1 {They} counted in, as before every leap.

      There were stones, if one trusted them: left, right, turn. {N} went first with {their} red ribbon, and {C} held the other end.
      And {gap} was behind them.`,
    sad: `{N} began to dance, all by {themself}, very badly, on purpose. {They} tripped over {their} own ribbon.
      1 {They} bowed the wrong way round, and sat down by mistake.

      There was a snort. {Who} had laughed, and was trying to make it look like a cough.
      "You have to do it like this," said {who}, and got up to show it.`,
    broken: `"It's out of step," said {N}. "Look: this one goes, that one stands. They must begin together."
      1 {They} took hold of both, left hand and right.

      "And one, and two, and three, and – now!" Both began at the same moment.
      {Thing} swung, and swayed, and went.`,
    lost: `{N} tied {their} red ribbon to a stick and let it hang. It is so light that it dances in a breath of air.
      1 {They} walked about with it slowly.

      At one place it lifted, where no wind was. There was a crack, and a draught came out of it.
      And deep in the crack lay {thing}.`,
  },
};

export const cooking: Topic = {
  id: 'cooking',
  words: 'cooking cook baking bake cake food chocolate pizza cookie biscuit sweets candy icecream kitchen fruit'.split(
    ' ',
  ),
  token: 'wooden spoon',
  plant: `{N} loved {topic}, and had a wooden spoon in {their} belt. || {N} loved {topic}, and always smelled a little of vanilla.
    1 In {their} pocket {they} had a twist of paper with salt, and one with sugar, and never mixed them up. Hardly ever.
    2 {They} said that nearly everything in this world gets better if you stir it slowly and don't walk away.`,
  help: {
    dark: `{N} lifted {their} nose. "Somebody is frying onions," {they} said. "And where there are onions, there are people."
      1 They shut their eyes, for one smells better so.

      Left, it was only damp. Right, it was butter. They followed the butter, then the onions, then the pepper.
      The smell led them all the way to {goal}.`,
    shut: `"Stiff dough," said {N}, "you have to warm." And {they} rubbed the hinges with a bit of butter from {their} bread, round and round.
      1 {They} kneaded them with both thumbs, and did not hurry.

      Then {they} let it rest, as you must. At last {they} gave it a little pat.
      {Door} sank open, soft as a cake.`,
    gap: `"Too thin, it runs; too thick, it stands," said {N}. "We need it thick." And {they} began to stir in leaves and sand and straw.
      1 {They} stirred until the spoon stood up by itself.

      They laid it out in dabs, like biscuits on a tray, and the wind baked them hard.
      Over the biscuits they crossed {gap}.`,
    sad: `{N} looked at {who}. "When did you last eat?" {they} asked, and unwrapped {their} bread, and buttered it right up to the edges.
      1 Then came a pinch of salt, from quite high up, as one does it.

      {Who} could not look away. "Is that," said {who}, "for two?"
      "I can't make food for one," said {N}. "I never learned."`,
    broken: `"It's just like a mincer," said {N}. "Something has got stuck." And {they} put in the handle of {their} spoon, and stirred backwards.
      1 You must always stir backwards first.

      Out came a plum stone, as hard as a nut. {N} wiped everything and put on a drop of oil.
      Then {thing} went like butter.`,
    lost: `"If flour has lumps, you shake it," said {N}. {They} filled {their} hat with sand and leaves, and sifted it through the straw.
      1 One hatful held nothing. Two held nothing.

      In the third hatful, something stayed behind that would not go through.
      {N} blew it clean. It was {thing}.`,
  },
};

export const books: Topic = {
  id: 'books',
  words: 'book reading read story stories writing poetry poem fairytale history letter language word'.split(' '),
  token: 'notebook',
  plant: `{N} loved {topic}, and had a notebook for words that were too good to lose. || {N} loved {topic}, and wrote down the best words in a notebook while walking, and said sorry to lamp posts.
    1 The newest word in the notebook was "lantern-jawed", and {they} {was} waiting for a chance to use it.
    2 {They} knew that in stories the third try is the good one, and that one should be polite to frogs.`,
  help: {
    dark: `"In the tale of the two children they had pebbles," said {N}. "We have paper." And {they} tore the empty pages out of {their} notebook.
      1 "Only the empty ones," {they} told {C}.

      White scraps shone behind them, so they never walked the same way twice. They had three left over when they came to {goal}.
      2 "A good story needs a few empty pages," said {N}.`,
    shut: `{N} read the scratches on it, aloud, and slowly. "It isn't a pattern. It is writing! It says: Ask me how I am."
      1 In a hundred years nobody had stopped to read it.

      "How are you?" asked {N}. And {they} waited for the answer, which took some time.
      "Better now," creaked {door}, and opened.`,
    gap: `"There is a word for that," said {N}, and leafed through {their} notebook. "Here. Isthmus. It is a narrow bit of land between two waters."
      1 "If there's a word for it," said {C}, "there must be one of them somewhere."

      They walked until they saw it, a strip no wider than a table, just under the edge.
      And word by word and foot by foot they crossed {gap}.`,
    sad: `{N} sat down and opened {their} notebook. "Once upon a time," {they} read, "there was somebody whom nobody ever asked in."
      1 {Who} pretended not to be listening.

      {N} read on, turned the page, and stopped. "Well?" cried {who}. "What happened then?"
      "I don't know yet," said {N}. "I thought you might tell me."`,
    broken: `"Somewhere there are always instructions," said {N}. "Only nobody reads them." And {they} rubbed the dust from a small brass plate.
      1 The letters were worn, and {they} had to read some of them with {their} finger.

      "Turn left before turning right," it said. So that was all!
      {N} turned left, and then right, and {thing} went.`,
    lost: `"In a story," said {N}, "it would be in the very place where they began." And {they} turned round and went back to the first step.
      1 "But we looked there," said {C}. "We looked," said {N}, "but we did not read."

      There was a line in the dust, from someone's sleeve. At the end of it was a small full stop.
      The full stop was {thing}.`,
  },
};

export const gardens: Topic = {
  id: 'gardens',
  words: 'flower garden gardening plant tree forest nature vegetable leaf leaves seed mushroom hiking camping'.split(
    ' ',
  ),
  token: 'packet of seeds',
  plant: `{N} loved {topic}, and had earth under {their} nails and seeds in {their} pockets. || {N} loved {topic}, and could make a broomstick sprout.
    1 There was a bean in {their} pocket that {they} {was} saving for a bad day.
    2 Every morning {they} went round with a can, and told each leaf the news.`,
  help: {
    dark: `{N} felt the nearest stone all round. "Moss," {they} said. "It grows on the damp side, and that's north."
      1 The next stone said the same, and the one after that.

      From mossy side to mossy side they went, and trusted the moss, which is never in a hurry to be wrong.
      They came out of the dark before {goal}.`,
    shut: `"What can open a stone?" said {N}. "A root can." And {they} pushed a bean into a crack in {door}, and poured water on it.
      1 Then {they} told it the news, and took a step back.

      First there was a green hook. Then it stood up, and stretched, and put its shoulder to it.
      With a crack {door} opened, and there were two leaves on top.`,
    gap: `"Somebody has to grow across," said {N}, and found an old willow that leaned out over the edge.
      1 "A willow lets you bend it, if you ask," {they} said.

      They drew its long arms down, and plaited them, and tied them on the other side with ivy.
      It was a green bridge, and it carried them over {gap}.`,
    sad: `"May I?" asked {N}, and put a seed into the hand of {who}. "You must keep it warm, and talk to it. It doesn't mind what about."
      1 {Who} looked at the seed, and at {N}, and at the seed.

      "Good evening," said {who}, in a whisper, and blushed.
      2 A seed is so small, and it believes in you entirely.
      Whoever has said good evening to a seed can't go on growling.`,
    broken: `"It's overgrown," said {N}. "That's all it is. Bindweed! It means well, but it holds too tight."
      1 {They} did not tear at it. {They} unwound it, turn by turn, and hung it on a fence.

      The last tendril let go. A little earth trickled out.
      {Thing} stretched like a plant after rain, and went.`,
    lost: `"Look at the clover," said {N}. "Here it stands straight, and there it leans. Something is lying on it."
      1 {They} parted the leaves with two fingers.

      A snail was sitting there as if on a throne. "Excuse me," said {N}, and moved it to a better leaf.
      The throne was {thing}.`,
  },
};

export const knights: Topic = {
  id: 'knights',
  words: 'knight princess prince king queen superhero superheroes hero sword viking costume dress doll ninja'.split(
    ' ',
  ),
  token: 'paper crown',
  plant: `{N} loved {topic}, and wore a paper crown that had been sat on twice. || {N} loved {topic}, and knew how to enter a room, even in a paper crown.
    1 {They} had learned that one kneels to small people, and stands up to large ones.
    2 On {their} wall hung a list of noble deeds, with ticks, and there was still room at the bottom.`,
  help: {
    dark: `{N} set {their} paper crown straight. "A queen or a knight goes in front," {they} said, "and whoever is afraid may hold on behind."
      1 {C} held on behind, but only out of politeness.

      {They} held a stick out, knocked on the ground, and asked the dark politely to make way.
      Step by step it did, as far as {goal}.`,
    shut: `"Halt!" said {N}, in {their} grandest voice. "In the name of everybody who is waiting, open!" Nothing happened.
      1 So {they} took off {their} crown, and tried it in {their} smallest voice.

      "Please," {they} said. It was the royal word, the one that hardly any king remembers.
      And {door} bowed open.`,
    gap: `"Every castle has a moat," said {N}, "and every moat has a drawbridge. One only needs to find the chain."
      1 They looked for something old that hung down where nothing ought to hang.

      Under the ivy hung a rusty ring. They pulled together, hand behind hand.
      With a groan a bridge came down across {gap}, and a lot of leaves.`,
    sad: `{N} knelt on one knee, for that is proper. "I see that you have been keeping watch," {they} said to {who}. "For how long?"
      1 "Since always," said {who}. "Nobody ever relieved me."

      {N} took off {their} paper crown and put it on the head of {who}. It was too small, and it was just right.
      "At ease," said {N}, and {who} smiled.`,
    broken: `"A noble deed is mostly polishing," said {N}, and pushed up {their} sleeves.
      1 {They} rubbed until the rust came off like bread crumbs.

      Underneath there was a small lever that everyone had forgotten, in the shape of a lily. {They} lifted it.
      And {thing} went, in royal style.`,
    lost: `"On a quest," said {N}, "you must ask the smallest first." So {they} lay down on {their} stomach before a beetle, paper crown and all.
      1 "Sir or madam," {they} said, "have you seen it?"

      The beetle thought, and turned about, and walked ahead. It took a good while.
      Behind the third pebble it stopped, and there was {thing}.`,
  },
};
