import type { Episode } from './episode.ts';

/** Episodes that need no gift: patience, a question, a joke, somebody to stay. */
export const unaided: readonly Episode[] = [
  {
    id: 'scarecrow',
    until: 12,
    before: `A scarecrow stood there with outstretched arms. "Could one of you scratch my nose?" it asked. "I've been wanting it since April."
      1 {N} climbed up on the fence and scratched. The scarecrow shut its button eyes.

      "And what do you do all day?" asked {N}. "I frighten the crows," said the scarecrow. "I'd rather not. I like them so much."
      2 "Have you told them?" asked {C}. "They always fly away before I can begin," said the scarecrow.`,
    after: `0y So {N} painted a sign with a crow on it, eating, and hung it round the scarecrow's neck. That meant: you are welcome.
      0m So {N} wrote a sign, and hung it round the scarecrow's neck. "Welcome," it said. "The left-hand row is yours."
      1 After a while the first crow came, and sat down on its shoulder. Then there were five.
      2 The farmer came too, and looked at the sign for some time, and said, "All right then."`,
    later: `In the field stood the scarecrow, with a crow on each arm and one on the hat. Nobody was frightened, and nobody was eating.`,
  },
  {
    id: 'counting-shepherd',
    until: 12,
    before: `A shepherd lay in the grass and could not stay awake. "Every time I count them I fall asleep at nineteen," said the shepherd. "So I never know if they are all there."
      1 The sheep looked as if they knew this very well.

      "Then we'll count them for you," said {N}. At twelve {N} yawned. At seventeen {C} was snoring.
      2 It's the sheep, you see. They breathe so evenly.`,
    after: `Then {N} had the idea of counting them backwards. It works, for it is so hard that you stay awake. There were thirty, and one of them was a dog.
      1 "So that is where my dog was!" cried the shepherd.
      2 As thanks they got a ball of wool, very white. {N} wound the end of it round {their} thumb, so as not to lose the day.`,
    later: `"Thirty!" called the shepherd from far off. "Thirty, and I am awake!"`,
  },
  {
    id: 'two-mules',
    before: `Two mules stood nose to nose on a narrow path. "After you," said one. "No, after you," said the other. They had been standing like that since the morning, and neither was being polite.
      1 Behind each of them waited a cart, and behind the carts people were playing cards.

      "If I go back, that one will have won," said the first. "If I go back, that one will," said the second.
      2 "And if nobody goes back?" asked {N}. "Then at least nobody has won," they said, both together.`,
    after: `"Turn round," said {N}, "both of you, at the same time. Then each will have made the other one turn round." They thought about that for a long time. Then they did it.
      1 The people put the cards away and cheered.
      2 "Who won?" asked {C} when they had gone. "The path did," said {N}.`,
    later: `The two mules were pulling one cart, side by side, and disagreed about the view.`,
  },
  {
    id: 'echo',
    before: `"Hello!" called {N}, for it looked like a good place for an echo. "Good afternoon," said the echo.
      1 {N} and {C} looked at each other.

      "You're supposed to say hello," called {N}. "I've been saying what other people say for three thousand years," said the echo. "I'd like to say something myself for once."
      2 "What, then?" called {N}. It became very quiet. "Now that I'm asked," said the echo, "I can't think of anything."`,
    after: `"You can practise," called {N}. "Say what you can see."

      So the echo said: "A cloud. A bird. You two." It said it in its own voice, which was rather high.
      1 "That was very good," called {C}.
      2 When they were far away, they heard it still. "A bush!" it called. "Another bush! And I made this one up: a blue bush!"`,
    later: `"{N}!" called the echo, before anybody had called anything. It had learned a name.`,
  },
  {
    id: 'lamp-lighter',
    late: 'dusk',
    unfit: ['fire-errand'],
    before: `A lamplighter sat on the ground beside a ladder that was much too short. "They have made the posts longer," said the lamplighter, "but nobody told my ladder."
      1 All along the road the lamps were dark, and soon it would be evening.

      {N} got up on the ladder, and {C} got up on {N}. There was one hand's breadth missing still.
      2 "Stretch!" called the lamplighter. "I am stretched," said {C}, in a thin voice.`,
    after: `Then {N} took off both {their} boots, and {C} stood on those, on {N}, on the ladder. It swayed like a tree. There was a small puff, and the lamp was lit.
      1 From that one {they} could light the next with the long straw that {they} got for it.
      2 "Someone who takes off the boots for it," said the lamplighter, "I've never seen that before." And the lamplighter tied them up again for {N}, with a double bow.`,
    later: `All the lamps were burning now. Under the last one sat the lamplighter, and the ladder had two new rungs.`,
  },
  {
    id: 'old-boat-clock',
    before: `A grandfather clock was coming along the road, all by itself. It was in a great hurry. "I'm five minutes late," it gasped, "and I have been for sixty years!"
      1 It had to stop and hold its side, where the pendulum is.

      "Late for what?" asked {N}. "For everything!" said the clock. "I strike noon, and they've had their soup."
      2 {C} offered it a piece of {food}. It had no time for it.`,
    after: `"And if you sat down," said {N}, "what would happen?" The clock had never tried. It sat down. The sun went on shining. Nobody scolded.
      1 "That's strange," it said. "You can hear the grass."
      2 It stayed there for five whole minutes. Then it was ten minutes late, and did not mind any more.`,
    later: `The clock stood under a tree, with its door open to let the air in. It was striking something, but not any hour.`,
  },
  {
    id: 'painter',
    before: `A painter was sitting in front of a white picture, with a white face. "I can paint anything but the beginning," said the painter.
      1 There were paints of every kind there, not one of them opened.

      {N} looked at the picture. {N} went nearer, and tripped over the stool. And now there was a large blue blot in the middle of it.
      2 It was dreadfully quiet. A drop ran down, and stopped.`,
    after: `"I'm so sorry," said {N}. But the painter was looking at the blot with shining eyes. "That's a pond," said the painter. "And there'll be a tree. And there's somebody who has just been swimming!"
      1 The brush was flying already.
      2 Later that picture hung in a hall with golden ceilings. At the bottom it says: "Begun by {N}."`,
    later: `The picture was finished. There was a pond in it, and a tree, and on the bank two very small figures, seen from behind.`,
  },
  {
    id: 'tea-hermit',
    before: `Before a cave sat a hermit, with a kettle and two cups. "I've been living here for twenty years, to be alone," said the hermit. "Do you take sugar?"
      1 "But you have two cups," said {N}. "One never knows," said the hermit.

      They drank tea. It tasted of smoke and of pine needles. Nobody said anything, and it was not at all unpleasant.
      2 {C} blew on it until it was cold, and then asked for some warm.`,
    after: `"Now you may ask me one question," said the hermit. "That's the custom." {N} thought. "What would you like to be asked?" {N} said then.
      1 The hermit set down the cup and had to think for the first time in years.
      2 "If I'd like to come along for a bit," said the hermit. So the hermit came, as far as the next bend, and back again, whistling.`,
    later: `Before the cave stood three cups. "One never knows," called the hermit.`,
  },
  {
    id: 'sneezing-giant',
    until: 12,
    before: `Suddenly it blew so hard that their hats flew off. Then it was still. Then it blew again. "That isn't wind," said {C}. "That is somebody sneezing."
      1 Behind the hill sat a giant with a red nose, as large as a hay barn.

      "I'b so sorry," said the giant. "I dod't wadt to. But it tickles, add dobody has a haddkerchief that is big edough."
      2 {N} held out {their} own. The giant took it between two fingers, and looked at it, touched.`,
    after: `{N} ran from house to house, and everyone gave a sheet. They sewed them together, until it was large enough. The giant blew, once, and in the valley they thought it was a ship.
      1 "Ah!" said the giant, quite clearly. "So that's what air is like."
      2 And on the line, the next day, there hung a handkerchief on which you could have played football.`,
    later: `Behind the hill the giant was asleep, with the handkerchief for a blanket, and breathed like the sea.`,
  },
  {
    id: 'library-bench',
    before: `On a bench sat an old lady, holding a basket. Now the basket went to the left, now it went to the right. "I can't remember whom it was for," said the lady.
      1 In it there were a jar of jam and a pair of very small socks.

      "What do you still know?" asked {N}, and sat down as well. "That it was someone I was looking forward to," said the lady.
      2 "That's a good deal already," said {C}.`,
    after: `So they looked forward together. {N} guessed, and the old lady said no, and no again. And then somebody came running up the path with very small bare feet. "Grandma!"
      1 "There you are," said the old lady. "You're the one."
      2 The jam they ate at once, with their fingers, all of them. The socks fitted.`,
    later: `The bench was empty. But somebody had left a jar of jam on it, and two spoons.`,
  },
  {
    id: 'hat-wind',
    until: 12,
    before: `A little wind was sitting on a wall and crying. "I'm not strong enough," it said. "The others turn mills. I can't even turn a page."
      1 It blew at {N}'s hair to show them. You could hardly see it.

      "Show me something that you can do," said {N}. The wind blew on a dandelion. Three of the umbrellas came off.
      2 "You see?" it sniffed. "Three!"`,
    after: `{N} lay down and looked at where the umbrellas were flying. "Next year there'll be three new ones there," {they} said. "And nine from those. A storm only breaks them."
      1 The wind counted on its fingers, if that is what they were.
      2 From then on it came by on many warm evenings, and cooled {N}'s forehead. Just there, it was strong enough.`,
    later: `Something cool touched {N} on the ear. "Nine!" whispered the little wind. "I have counted. There will be nine."`,
  },
  {
    id: 'goose-stile',
    until: 12,
    before: `At the stile stood a goose with a list. "Names," said the goose. {N} said {their} name. "Not on it," said the goose. {C} was not on it either.
      1 "Who is on it?" asked {N}. The goose turned the list round. It was empty.

      "Nobody has ever been on it," said the goose, "and I've never let anyone through. I do my work very well."
      2 "And is it fun?" asked {C}. "That isn't on it either," said the goose.`,
    after: `{N} took a pencil. "How do you spell your name?" {they} asked. That the goose had never been asked. It was called Philippa. Now there was one name on the list.
      1 "Then you may go through," said {N}. So the goose went over the stile, for the first time, and looked at it all from the other side.
      2 "Well!" said Philippa. "It goes on here!" Then two more names went on the list, and let them pass.`,
    later: `On the stile hung a list with fourteen names on it. Philippa's was at the top, and Philippa had gone for a walk.`,
  },
  {
    id: 'rain-house',
    until: 12,
    before: `All at once it poured. There was just one umbrella far and wide, and under it already sat a hare, two sparrows and an elderly frog. "Come in," they said, and moved closer together.
      1 The frog was not really sheltering. It had come for the company.

      It drummed on the cloth. {N} had the sparrows in {their} collar, and they were warm. {C} held the handle.
      2 "Who does it belong to?" asked {N}. Everybody looked at everybody else. Nobody knew.`,
    after: `They told stories until the rain had finished. The hare told one about a carrot, which was very exciting. Then they folded it up, and hung it on a branch again for the next lot.
      1 Everything was dripping, and everything shone.
      2 "It was nice under there," said {C}, and looked up at the sky, almost with regret.`,
    later: `The umbrella hung on its branch, and somebody had tied a ribbon to it. Under it sat the frog, for the company.`,
  },
  {
    id: 'bell-collector',
    before: `Somebody with a sack was creeping through the grass, with a finger on their lips. "I collect sounds," the somebody whispered. "The best ones are rare. May I have yours?"
      1 Out of the sack came a bit of thunder, a bit of purring and the end of a song.

      "What sounds have I got?" asked {N}. "Everyone has one," whispered the collector, "that only they make. Mostly they don't know it themselves."
      2 {C} hummed, for a test. "That I've got three times already," whispered the collector, sadly.`,
    after: `Then {C} slipped, quite by accident, and sat down in the mud, and {N} laughed. The sack snapped shut. "That one!" cried the collector aloud. "I've been looking for that for seven years."
      1 {N} was allowed to hear it once. It went up at the end, like a path.
      2 "And will it be missing now?" asked {N}. "No," said the collector. "Of a laugh, you can always have a second."`,
    later: `Out of the dark came a laugh, {N}'s own, very small, and then the snap of a sack. "Only listening!" called the collector.`,
  },
  {
    id: 'little-star-baker',
    until: 12,
    before: `A baker sat on the step, quite white, only not from flour. "I have dough for a hundred," said the baker, "and nobody has come by for three days."
      1 It was rising over the edge of the trough, and was already on its way to the door.

      "Why does no one come?" asked {N}. "They've forgotten me," said the baker. "I've got no sign and no bell. I only have bread."
      2 {C} held on to the dough. It was stronger.`,
    after: `"Then just open the window," said {N}, "and bake." So they all shaped rolls, and {N} made one with ears. When the smell went out, people came with it, on the other end, as on a string.
      1 At the end there was one roll left over, the one with ears.
      2 {N} got it as payment. {They} ate one ear, and {C} ate the other. The face they kept for later.`,
    later: `In the baker's window there was light, and before it stood a line of people. The last in the line was the baker's own cat.`,
  },
  {
    id: 'statue-left-foot',
    before: `On a pillar stood a king of stone, and the stone lips moved. "Listen," said the king. "Is my left foot still there? I can't look down, because of my crown."
      1 {N} looked. "It's there," said {N}. "A snail lives on it."

      "For two hundred years I've been worrying about it," said the king. "All of them only ever look at my face."
      2 The king was silent for a while. "And is it a good sort of snail?"`,
    after: `{N} described it all: the foot, the snail, the moss on the heel, and on the shoe buckle a tiny fern. The king closed both stone eyes, so as to see it better.
      1 "A fern," said the king. "So I am a garden, down there."
      2 From that time on the king has looked much friendlier. The professors wonder why.`,
    later: `"Listen," said the king of stone. "The snail has moved to the right foot. I thought that you would like to know."`,
  },
  {
    id: 'moon-fisher',
    before: `An angler sat by a puddle, and held a rod out over it. "Something large is in there," said the angler. {N} looked in. There was the sky.
      1 "Quite right," said the angler. "I've nearly had it twice."

      {N} sat down there too. It was peaceful. A cloud bit, and let go again.
      2 "What will you do with it, when you've got it?" asked {C}. The angler had not thought of that.`,
    after: `A bird flew over, and in the puddle a bird flew under. "There!" cried {N}, and the angler pulled. On the hook hung a brown leaf, wet and shining. "It's beautiful," said the angler, and meant it.
      1 They let it go again, as one should.
      2 "Tomorrow," said the angler, and put a fresh bit of bread on the hook. "Tomorrow is always the best day for it."`,
    later: `The angler was asleep. In the puddle lay the moon, quite still, beside a crumb of bread.`,
  },
  {
    id: 'tired-signpost',
    before: `There was a signpost with five arms, and all five hung down. "I'm tired of pointing," it said. "Each of you goes where I say, and not one ever tells me what it was like there."
      1 {N} looked at the arms. The writing had nearly gone.

      "We come from over there," said {N}, and pointed. "Would you like to hear about it?" The signpost raised one arm a little.
      2 Since it had been a tree, nobody had told it anything.`,
    after: `So {N} told it everything, from the first step onwards, and {C} did the voices. With each part of the story an arm went up. In the end all five stood out as straight as on the first day.
      1 "Now I know what I'm pointing at," said the signpost.
      2 "And straight on?" it asked. "What is there?" "I'll tell you when we come back," said {N}. So there was a reason to come back.`,
    later: `"Well?" said the signpost, with all five arms up. And {N} told it what lay straight on, and left nothing out.`,
  },
];
