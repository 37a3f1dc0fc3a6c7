import type { Topic } from './topic.ts';

export const trains: Topic = {
  id: 'trains',
  words: 'train railway railroad locomotive tram metro subway engine'.split(' '),
  token: 'guard’s whistle',
  plant: `{N} loved {topic}, and wore a guard's whistle on a string. || {N} knew all about {topic}, and blew a guard's whistle at every corner.
    1 {They} knew by heart when every train left, and forgave the ones that were late.
    2 In bed {they} listened for the night express, and when it had gone by, {they} could sleep.`,
  help: {
    dark: `{N}'s foot struck iron. "Rails!" {they} said. "Old ones, and rails always go somewhere."
      1 They put {C} in front, to be the lamp.

      With one hand on each other's shoulders they went, chuff, chuff, sleeper by sleeper, through the dark.
      "All change!" called {N}. They had come to {goal}.`,
    shut: `"It isn't locked," said {N}. "It is a signal, and it stands at stop." High above there was a little red arm.
      1 You must never be rude to a signal. You ask it.

      {N} blew {their} whistle: one long, two short. Slowly the red arm sank, and something green lit up.
      And {door} rolled aside.`,
    gap: `"No train ever jumped," said {N}. "It is done with a long, slow curve."
      1 They followed the edge until they found an old bank.

      There, on two rusty rails, stood a little handcar. Up and down they pumped, up and down, rattle, rattle, rattle.
      And {gap} went by beneath them like a picture.`,
    sad: `"You have been left standing on a siding," said {N} to {who}. "All the rest of us went by."
      1 "And what you need," {they} said, "is not a push. It is somebody to couple on."

      {N} held out a hand behind, the way a carriage does. It took a while.
      Then {who} took hold, and gave a small, hoarse, happy toot.`,
    broken: `"It is out of steam," said {N}. "Nothing is the matter with it. It wants water, and a fire, and a bit of patience."
      1 They fetched the water in {N}'s hat.

      First there was a tick. Then there was a hiss. {N} put {their} whistle to {their} lips and blew.
      Chuff, said {thing}. Chuff, chuff – and it went.`,
    lost: `"Lost property," said {N}, "is always at the last stop. So where does everything here come to rest?"
      They set a pine cone rolling, and trotted after.

      It rolled and rolled, and bumped, and stopped.
      Beside it lay {thing}, as if someone had handed it in.`,
  },
};

export const cars: Topic = {
  id: 'cars',
  words: 'car truck lorry digger tractor excavator bus racing bicycle bike motorbike plane airplane aeroplane'
    .split(' ')
    .concat('vehicle', 'helicopter', 'wheel', 'fire', 'firefighter', 'police', 'ambulance'),
  token: 'small red car',
  plant: `{N} loved {topic}, and kept a small red car in {their} pocket. || {N} loved {topic}, and drove a small red car along every wall.
    1 Its paint had gone at the corners, as it does on a car that has seen the world.
    2 {They} knew what makes each thing go, and what makes it stop, and had once mended a wheelbarrow.`,
  help: {
    dark: `{N} put {their} red car on the ground and gave it a push. "Wheels find the smooth way," {they} said.
      1 They listened: here it crunched, and there it hummed.

      Where it hummed there was a road. They pushed, and followed, and pushed, and followed.
      With a small bump the car stopped. They had come to {goal}.`,
    shut: `"Too much weight on the hinges," said {N}. "We need a jack."
      {They} found a bar, and a flat stone to rest it on.

      "Heave!" said {N}, and {they} leaned on the end. It rose by the width of a thumb.
      That was all it wanted. {Door} swung open.`,
    gap: `"Then we shall build a road," said {N}. "That is what diggers are for." And {they} began, with both hands.
      1 Scoop, swing, drop. {C} was the lorry.

      Stone upon stone, load upon load, a causeway grew. Last of all {their} red car drove over, to test it.
      Then they crossed {gap} themselves.`,
    sad: `{N} set {their} red car on the ground and rolled it over to {who}. It stopped just in front.
      1 For a long moment it only stood there.

      Then {who} put out one careful finger and pushed it back. {N} sent it over again, faster.
      Nobody can be cross and play at cars. {Who} had forgotten to be cross.`,
    broken: `"Let me hear it cough," said {N}, and laid an ear to {thing}. "Aha. It's only dirt in the pipe."
      1 {They} undid the nut, and laid it where it would not roll away.

      One good puff, and out flew a plug of dust, with a spider on it, rather cross.
      {Thing} coughed, and caught, and went.`,
    lost: `"Look for the tracks," said {N}. "Everything that moves leaves tracks."
      There was a fine line in the dust, as from a very small wheel.

      They followed it as it swerved, and skidded, and went off the road.
      And there in the ditch lay {thing}, none the worse.`,
  },
};

export const robots: Topic = {
  id: 'robots',
  words:
    'robot computer coding programming science experiment invention machine technology chemistry physics electricity'.split(
      ' ',
    ),
  token: 'torch battery',
  plant: `{N} loved {topic}, and carried a battery, a wire and a tiny bulb. || {N} loved {topic}, and took things apart, and mostly put them back.
    1 "First look, then guess, then try," {they} used to say, and wrote it inside {their} hat.
    2 There had been some small bangs, and one large one, but {they} had learned something from each.`,
  help: {
    dark: `{N} had a battery, a wire and a bulb in {their} pockets, and held them together. A small light went on, no larger than a pea.
      1 "It is not much," {they} said, "but one thing after another can be seen by it."

      They marked each turning with a cross in the dust, so as not to go round in circles. After eight crosses they had come to {goal}.
      2 "That is called a method," said {N}.`,
    shut: `"Yes or no," said {N}. "Every lock is a row of little yes-or-no's. We try them in order, and keep a list."
      1 Up, up, down. Up, down, up. {C} kept the list.

      At the sixth try there was a click. At the seventh there was another.
      At the eighth {door} had no more noes left, and it opened.`,
    gap: `"What do we have?" said {N}, and laid it all out in a row: rope, branch, stone.
      "A stone is a weight. A branch is an arm. Together they make a crane!"

      They built it, and it fell over, and they built it better.
      Then it swung them one by one, as gently as a nurse, across {gap}.`,
    sad: `"I shan't guess what is wrong," said {N} to {who}. "I would rather ask. Is it too loud? Too cold? Too lonely?"
      1 For each there was one nod, or one shake of the head.

      At the third question there was no answer. There was only a sniff.
      "So that is it," said {N}, and stayed. That was the whole repair.`,
    broken: `"Don't hit it," said {N}. "Follow the way the power goes: in here, along there, and out – oh. It doesn't come out."
      1 One wire hung loose, and pointed at nothing.

      {N} bent it back, and wound it round, and held {their} breath.
      There was a hum. There was a spark. {Thing} went.`,
    lost: `"Let us divide it into squares," said {N}, and drew lines with a stick. "Then nothing gets forgotten."
      1 They did the first row, and the second, and were not sad about any empty square.

      In the fourth row, third square, there was a lump.
      It was {thing}.`,
  },
};

export const building: Topic = {
  id: 'building',
  words: 'lego building build block construction architecture tower brick minecraft woodwork carpentry castle'.split(
    ' ',
  ),
  token: 'folding ruler',
  plant: `{N} loved {topic}, and had a folding ruler, yellow and almost straight. || Give {N} three sticks and a ruler, and by noon there was a house: {they} loved {topic}.
    1 {They} measured everything twice, then put {their} tongue between {their} teeth and began.
    2 When something fell down, {they} did not cry about it. {They} went to see which stone had started.`,
  help: {
    dark: `"Put your hand on whatever is beside you," said {N}, "and never take it off. That is how one gets out of any maze."
      1 It was rough, then smooth, then wet.

      It turned left eleven times, and {N} counted. It turned right once.
      Then there was air in front of them, and {goal}.`,
    shut: `{N} unfolded {their} ruler. "Two hands high on this side, three on that," {they} said. "It is crooked. That's why it sticks!"
      {They} looked for a flat stone, and then for a flatter one.

      {N} pushed it under the low corner, and tapped it, and tapped it once more.
      {Door} stood straight for the first time in years, and opened with one finger.`,
    gap: `"It is six rulers wide," said {N}. "So we need a beam of eight, and somebody to sit on the end."
      1 {C} sat on the end, being heavy with importance.

      They found one, and pushed it out, a bit, and a bit more, and it bent, and it held.
      "After you," said {N}. And they walked across {gap}.`,
    sad: `{N} did not talk. {They} put one stone upon another, and left a place for the next.
      1 {They} waited, and looked the other way.

      After a while {who} put a stone there. Then it was {N}'s turn. Then it was the turn of {who}.
      When the tower was as high as their noses, they were both laughing.`,
    broken: `"Something holds this up, and something holds that," said {N}, and followed it downwards with one finger. "Here. This one is cracked."
      1 It was the smallest piece of all.

      {N} carved a new one out of hard wood, and measured, and shaved a bit off, and measured again.
      It slid in with a click, and {thing} went.`,
    lost: `"Where would it fit?" said {N}. "Nothing gets lost just anywhere. It gets lost in a place of its own size."
      And {they} held {their} ruler to one crack after another.

      Too narrow. Too wide. Too narrow. Just right!
      And in it sat {thing}.`,
  },
};

export const football: Topic = {
  id: 'football',
  words:
    'football soccer ball basketball tennis sport sports hockey rugby cricket baseball volleyball running gymnastics climbing'.split(
      ' ',
    ),
  token: 'scuffed ball',
  plant: `{N} loved {topic}, and was never without a ball under one arm. || Wherever {N} went, a scuffed ball went ahead of {them}, for {they} loved {topic}.
    1 The ball had been mended in five places, and bounced a bit to the left.
    2 {They} had learned that you look up before you kick, and that you never stop at one goal down.`,
  help: {
    dark: `{N} dropped {their} ball and listened to it bounce. Here it was grass. There it was stone. "Stone is the path," {they} said.
      1 They went from bounce to bounce, like people crossing a stream.

      Tock, tock, tock it went, uphill, and then it rolled away and lay still.
      It lay right in front of {goal}.`,
    shut: `"See that round hole above the bolt?" said {N}. "It is just as large as a ball."
      1 {They} took six steps back, and wiped {their} shoe.

      {They} looked up. {They} ran. {Their} ball went in at the hole like a letter at a letter box.
      Inside there was a clatter, the bolt fell, and {door} opened.`,
    gap: `"No one gets over that alone," said {N}. "It's a matter of passing."
      {They} tied a line round {their} ball and gave it a mighty kick.

      It flew over {gap}, and caught between two rocks, and held. They pulled the line tight.
      First went {N}, and then {C}, hand over hand, and nobody let go before the other had hold.`,
    sad: `{N} rolled {their} ball over, softly, and it stopped right in front of {who}.
      1 "I am no good at it," said {who}. "Nobody ever passed to me." "I just did," said {N}.

      The ball came back, a bit crooked.
      By the tenth pass it came straight, and {who} was smiling all the way round.`,
    broken: `"It's tired on one side," said {N}. "We take turns in a team. This wheel has done all the running."
      1 {They} looked for one that had been sitting on the bench.

      A fresh one took its place, as when a new player comes on.
      {Thing} gave a jump, and played the second half at full speed.`,
    lost: `"I know where lost things go," said {N}. "I have been looking for balls all my life. Not where you look. Next to it."
      1 In the hedge, then. Under the hedge. Behind what is behind the hedge.

      {They} crawled in under the hedge, until only {their} shoes could be seen.
      "Got it!" said the shoes. It was {thing}.`,
  },
};

export const puzzles: Topic = {
  id: 'puzzles',
  words: 'puzzle number maths math chess riddle game games counting detective mystery code secret'.split(' '),
  token: 'stub of pencil',
  plant: `{N} loved {topic}, and kept a stub of pencil behind one ear. || {N} loved {topic}, and could not pass a fence without counting it.
    1 When something was too hard, {they} cut it in half, and began with the easier half.
    2 {They} liked best the kind of question that makes you say "oh!" on the stairs, an hour later.`,
  help: {
    dark: `"We have been past this stone," said {N}. "Twice. So let us count." And {they} drew the way with {their} pencil on {their} sleeve.
      1 Twenty steps and left. Twenty steps and left. Twenty steps – aha.

      "It is a square, and we walk round it! Next time, right." They counted, and they turned.
      And there was {goal}.`,
    shut: `There were marks on it: one, one, two, three, five. {N} smiled. "Each is the two before it put together."
      1 {C} tried it on three toes, and it was true.

      "So the next one must be eight." {N} knocked, eight times, neither too fast nor too slow.
      "Correct," said {door}, and opened.`,
    gap: `"It looks like one large gap," said {N}. "It is really four little ones." And {they} pointed with {their} pencil.
      1 A rock, a root, a ledge, a stump: the gaps between were no wider than a bed.

      "One," they said, and stepped. "Two." They stepped. "Three!"
      At four they stood on the other side of {gap}.`,
    sad: `"I have a riddle for you," said {N} to {who}. "What gets larger, the more you take away?"
      1 {Who} grunted, and turned away, and turned back.

      There was a long silence, in which somebody was thinking. "A hole!" cried {who}, and the frown had gone.
      "Have you another?" asked {who}. {N} had hundreds.`,
    broken: `"Fourteen pieces," said {N}, when {they} had counted. "And fifteen places. So it is not broken. One is missing."
      1 They looked under everything that lay about.

      It was under {C}. {N} put it in, and it was the right number, and the right way up.
      With a click {thing} went.`,
    lost: `"Who saw it last, and where, and what then?" said {N}, and licked {their} pencil. {They} made three columns.
      1 When they were full, {they} crossed out all that could not be.

      In the end one line was left. It said: under the third stone. "Then it must be so," said {N}, and it was.
      There lay {thing}.`,
  },
};
