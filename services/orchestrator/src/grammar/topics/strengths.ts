import type { Topic } from './topic.ts';

const flying: Topic = {
  id: 'flying',
  words: 'fly flying flight wing wings jump jumping leap'.split(' '),
  token: 'pair of flying shoes',
  plant: `{N} could do something that hardly anyone can: {topic}. || When {N} ran fast enough, {their} feet forgot to come down.
    1 It was only a hand's breadth at first, and then it was higher than the chimney.`,
  help: {
    dark: `{N} pushed off from the ground, up through the grey, until {their} head came out on top as out of a bath.
      1 Up there it was still day.

      {They} saw the place at once, and came down, and pointed. "Straight on!"
      Five times {they} rose, and five times {they} pointed, and then there was {goal}.`,
    shut: `"No one has ever opened it from above," said {N}, and rose, and looked.
      There was a ledge up there, and a bolt, and a bird's nest on the bolt.

      {They} carried the nest to a better place. Then {they} pulled, with both feet against the wall.
      And {door} opened.`,
    gap: `{N} took {C} under the arms. "Keep your feet still," {they} said. "I'll do the rest."
      1 {Their} ears went red with the effort.

      The wind came up under them like a hand. It was only a moment, and they would tell of it for years.
      {They} set {C} down beyond {gap}, as carefully as an egg.`,
    sad: `"Have you ever seen it from above?" asked {N}, and held out a hand to {who}.
      1 "I am too heavy," said {who}. "So was I," said {N}, "until I let go of something."

      They rose as high as a table, and then as high as a tree. {Who} looked down. "How small it all is, what I was cross about."
      When they had landed, {who} did not let go for a while.`,
    broken: `{N} flew up to where nobody ever looks. "There's a kite in it!" {they} called down.
      1 It was a red one, with a long sad tail.

      {They} untangled it, loop by loop, hanging in the air like a bee.
      At the last loop {thing} gave a start, and went.`,
    lost: `{N} went up until all of it lay below {them} like a carpet. "What is it that doesn't belong to the pattern?"
      1 Green, green, brown. The sun moved on a little.

      There was one small flash. {They} came down on it like a hawk, but more politely.
      It was {thing}.`,
  },
};

const strong: Topic = {
  id: 'strong',
  words: 'strong strength power powerful muscle muscles lifting super superstrength tough'.split(' '),
  token: 'bent horseshoe',
  plant: `{N} was as strong as two oxen, and as careful as someone carrying eggs. || People spoke of one thing above all when they spoke of {N}: {topic}.
    1 {They} opened jam jars for the whole street.`,
  help: {
    dark: `"Then we shall lay our own path," said {N}, and picked up a stone as large as a sheep, and set it down ahead of them.
      1 And {they} set down another before that one.

      From stone to stone they could not go wrong, for there was nothing else to step on.
      The hundredth stone lay before {goal}.`,
    shut: `{N} could have broken it down, and everyone knew that. {They} put just one shoulder against it, and leaned.
      1 "The art," {they} said, "is to stop in time."

      It groaned, and gave, by a finger, by a hand. Not one hinge was bent.
      And {door} stood open.`,
    gap: `{N} put both arms round the nearest fallen trunk. {They} breathed in. {They} lifted.
      1 A family of beetles looked out, and looked in again.

      It stood up, it swayed, it came down, just so, across {gap}.
      {They} held the end while {C} went over.`,
    sad: `"You have been carrying something," said {N} to {who}. "I know how that looks. Give me one end."
      1 "You can't see it," said {who}. "Those are the heaviest," said {N}.

      So {who} told what it was. It took a long time, and {N} held still under it.
      "It's lighter," said {who}, and stood up quite straight.`,
    broken: `{N} put two fingers under {thing}, and raised it as one raises a sleeping cat.
      1 "Quick, look what's under it!"

      There lay a pebble, round and wicked. Out it came.
      {They} set {thing} down as softly as snow, and it went.`,
    lost: `{N} lifted up the things that nobody else can look under: the trough, the cart, the rock.
      1 A toad said good morning, and was covered up again.

      Under the rock it was damp and cool. Something shone there.
      With the other hand {they} picked up {thing}.`,
  },
};

const quick: Topic = {
  id: 'quick',
  words: 'fast quick speed speedy run running agile agility reflexes'.split(' '),
  token: 'pair of worn-out shoes',
  plant: `{N} was so quick that {their} shadow was always a bit late. || If somebody said {topic}, they meant {N}.
    1 {They} could fetch the milk before anyone had noticed that it was needed.`,
  help: {
    dark: `"Stand here and count aloud," said {N}. "I'll run out, and come back to the sound." And {they} {was} gone, and back, and gone.
      1 North was a ditch, and east was a wall.

      On the seventh run {they} came back laughing. "South!" Hand in hand they ran.
      And there was {goal}.`,
    shut: `"It does open," said {N}. "It opens and shuts again, so fast that you don't see it. Look at the dust!"
      1 The dust gave a jump, and lay down, and gave a jump.

      {They} waited, on {their} toes. Jump – and {they} had put {their} shoe in the crack.
      {Door} gave up, and opened wide.`,
    gap: `"It only gives way if you stop to think," said {N}. "So I won't stop." {They} {was} over before {they} had said it, with the end of a rope.
      1 Hardly a pebble had moved.

      {They} tied it fast, and {C} came after, hand over hand.
      So they crossed {gap}, one quickly, and one slowly.`,
    sad: `{N} did something that was very hard for {them}. {They} stood still.
      1 {They} stood until a butterfly mistook {them} for a post.

      {Who} had been waiting for {them} to run away, as everyone did. It did not happen.
      "You're still there," said {who}, after a while. "Still here," said {N}.`,
    broken: `"It isn't broken. It has lost its swing," said {N}, and took hold, and ran. Round and round and round {they} went.
      1 {Their} hat came off in the third round, and was back on in the fourth.

      Then {they} let go and sprang aside.
      {Thing} ran on all by itself.`,
    lost: `{N} ran along every path there was, and back by every other, and was hardly out of breath.
      1 "Not there. Not there. Not there either."

      "But one path had only one side swept by my wind," {they} said. "On the other, something held the leaves."
      It was {thing}.`,
  },
};

const listening: Topic = {
  id: 'listening',
  words:
    'listen listening hearing empathy kind kindness caring care helping patience patient calm understanding love heart'.split(
      ' ',
    ),
  token: 'ear trumpet',
  plant: `{N} could listen so well that even clocks told {them} things. || What {N} was best at does not show on the outside: {topic}.
    1 When somebody had talked to {N} for a while, they knew what they had wanted to say.`,
  help: {
    dark: `{N} shut {their} eyes. "Now let it be quite still," {they} said. "Every place has its own silence."
      1 Behind them was a silence with leaves in it. On the left was one with water.

      "Straight on is one that is waiting for somebody," {they} said then. They went to it softly, so as not to break it.
      And it was the silence round {goal}.`,
    shut: `{N} put an ear to it. "It isn't locked," {they} said. "It is afraid. Someone once slammed it."
      1 {They} stroked the wood, down along the grain.

      "I'll hold you," {they} said, "the whole time. I won't let go." And {they} didn't.
      Slowly, and without a creak, {door} opened.`,
    gap: `{N} listened down into {gap}. "There it's deep," {they} said. "There too. But here it sounds like a bowl."
      1 {They} let a pebble fall, and it answered at once.

      They climbed down where it sounded shallow, and up where it sounded near.
      In between they got dirty knees, and that was all.`,
    sad: `{N} asked nothing. {They} only sat there, and listened to how {who} said nothing.
      1 There are many ways of it, and {they} knew them all. This was the kind that is nearly over.

      "It's like this," said {who}, and it all came out, higgledy-piggledy, and {N} nodded at the right places.
      Then {who} blew a very large nose.`,
    broken: `"Hush," said {N}. "It's trying to say something." Tick, it said. And after a long time it said: tick.
      1 "It's thirsty," said {N}.

      Three drops of oil were all it wanted, in the place where the tick was thinnest.
      Then {thing} talked on and on, and went.`,
    lost: `"Little things call, when they are lost," said {N}. "Only very quietly." And {they} went about with {their} head on one side.
      1 A grass blade called, a beetle called, and the wind called in a straw.

      And in the middle there was one fine note that never stopped.
      {N} bent down to it, and it was {thing}.`,
  },
};

const clever: Topic = {
  id: 'clever',
  words:
    'clever smart intelligent intelligence brain thinking wisdom wise planning logic memory curiosity curious invent inventing'.split(
      ' ',
    ),
  token: 'thinking cap',
  plant: `{N} was never in a hurry to say something, and then it was the right thing. || It was known of {N}, far and wide: {topic}.
    1 When {they} thought, {they} pulled {their} left ear, and so it was a little longer than the right one.`,
  help: {
    dark: `{N} pulled {their} ear. "The swallows come out of it, all from one side," {they} said. "And a swallow comes from where one can see."
      1 They watched three of them come, to be sure.

      So they walked against the swallows. It was as simple as that, once somebody had said it.
      And where the swallows came from, there was {goal}.`,
    shut: `"We have all pulled," said {N}. "Has anyone pushed?" Nobody had. "And has anyone slid it?"
      1 They looked at each other.

      {N} put one flat hand on {door}, and moved it to the left, like a curtain.
      It ran on little wheels.`,
    gap: `"Let us think from the end," said {N}. "We are over there already. How did we do it?"
      1 {C} said, "By not falling in."

      "By going round the end of it, where it's thin," said {N}. It was a bit further, and it was easy.
      Before long {gap} was on the wrong side of them.`,
    sad: `{N} thought for a long time. "You are not angry at all," {they} said to {who}. "You are just tired of being the only one who knows something."
      1 It was so quiet that you heard the grass.

      "How did you guess?" said {who}. "You looked like me on Tuesdays," said {N}.
      And {who} laughed, and told {them} what it was.`,
    broken: `"When did it stop?" asked {N}. "When it rained? And what grows in the rain?" {They} pulled {their} ear. "Wood does. It has swollen!"
      1 It was so easy that everybody was annoyed.

      {They} laid {their} warm coat round it, and they told stories until it had dried.
      Then {thing} went.`,
    lost: `"It is not where it should be," said {N}. "So it is where it should not be. Where should it least of all be?"
      1 {They} looked at {C}, and {C} looked down.

      It was in {their} own hat. It had fallen in, right at the beginning.
      {They} took it out and held it up. It was {thing}.`,
  },
};

const light: Topic = {
  id: 'light',
  words: 'light fire shine shining glow glowing laser lightning sun energy invisible invisibility shape magic'.split(
    ' ',
  ),
  token: 'jar of light',
  plant: `{N} had a gift that you see best in the evening: {topic}. || There was always a bit of brightness about {N}, as round a window with a lamp in it.
    1 {They} turned it down at bedtime, out of politeness.`,
  help: {
    dark: `{N} rubbed {their} palms together until they glowed like two small suns.
      1 Moths came, and were greeted one by one.

      Ring by ring the dark drew back, and grumbled a bit. In the last ring was {goal}.`,
    shut: `{N} let a thin beam of light fall through the keyhole, and inside there was somebody who had been asleep.
      1 "Morning already?" said a voice.

      There was a shuffling, a yawn and a jingling of keys.
      And {door} opened upon a small person in a nightcap.`,
    gap: `{N} let {their} light fall on {gap}, from the side, quite low. "Now every stone has a shadow," {they} said, "and where there's no shadow, there is no stone."
      1 They learned it by heart, like a short poem.

      Stone, stone, none, stone. Not one foot went wrong.
      On the other side {they} put {their} hands back in {their} pockets.`,
    sad: `{N} glowed a very little, as a stove does late in the evening, and moved closer.
      1 One need not say anything, when it's warm.

      {Who} held out cold hands to it, and turned them round. "I had forgotten," said {who}, "what that's like."
      "Stay as long as you want," said {N}.`,
    broken: `{N} shone in between the wheels, and it threw a huge shadow on the wall. There you could see it: a tooth was bent.
      1 It was hardly larger than a grain of rice.

      {They} warmed it between two fingers until it was soft, and pressed it straight.
      {Thing} twinkled, and went.`,
    lost: `"Whatever is smooth will wink," said {N}, and turned slowly round, with {their} hands held out like lamps.
      1 A drop winked, a snail shell winked, and so did an eye that belonged to someone.

      And last of all something winked twice.
      It was {thing}.`,
  },
};

export const strengths: readonly Topic[] = [flying, strong, quick, listening, clever, light];

export const unknownStrength: Topic = {
  id: 'gift',
  words: [],
  token: 'old medal',
  plant: `{N} had one gift above all others, and everybody knew its name: {topic}. || Ask anyone what {N} does best, and they will say it in one breath: {topic}.
    1 {They} never boasted of it, and it never quite left {them} in peace.`,
  help: {
    dark: `"Now," said {C}. "If ever, then now." And {N} did what nobody does better.
      1 It was not loud. It was a bit like remembering.

      The dark seemed to know {them}, and made a lane. Along it they went, close together.
      At the end of the lane was {goal}.`,
    shut: `{N} stood before {door} for as long as you can hold your breath. Then {they} did it, in {their} own way.
      1 {C} had seen it many times, and still looked with round eyes.

      There was a click, as if something had been waiting for exactly that.
      And {door} opened.`,
    gap: `"I have only done it with smaller ones," said {N}, and looked over {gap}. "But you have to do it some time with a large one."
      1 {They} rolled up {their} sleeves.

      {They} went first, and reached back, and nobody was left behind.
      On the other side they sat down, for their knees were soft.`,
    sad: `{N} showed {who} what {they} could do. {They} did not do it to be admired. {They} did it slowly, so that you could learn it.
      1 "I couldn't do that," said {who}. "Nor could I," said {N}, "for years."

      {Who} tried, and it went wrong, and they both laughed. It was the first laugh for a long time.
      The second came more easily.`,
    broken: `{N} laid both hands on {thing} and thought of everything {they} had learned. "Slowly," {they} told {themself}. "As always."
      1 {Their} tongue was between {their} teeth.

      Something that had been crooked came straight. Something that had been stuck came loose.
      And {thing} went.`,
    lost: `"I can't find things better than other people," said {N}. "But this I can." And {they} did it, right there.
      1 It stirred up the leaves, the dust, and the hair of everyone who was watching.

      When it had all come to rest, the ground looked different.
      In the middle of it lay {thing}.`,
  },
};
