import type { MoralMaterial } from './moral-material.ts';

export const kindness: MoralMaterial = {
  kind: 'kindness',
  stems: /kind|shar|giv|gener|help|gentle|care|good to/i,
  deed: 'stops to be kind although there is no time',
  tests: [
    `Something was kicking in the dust. It was a beetle, flat on its back. There was no time, but {N} knelt down.
      1 It had six legs, and not one of them was of any use.
      {They} turned it over, with one finger, and set it on a leaf. || {N} held out a straw, and it took hold, and was itself again.

      "Most people step over," said the beetle. "You look down. Look like that again." || "You have time for small things," said the beetle. "Then take some for the large one."
      2 And it went off without hurrying, as beetles do.`,
    `A very small voice said, "Excuse me." It was a shrew, with a nut twice as large as itself. {N} had to hurry, and carried the nut home for it all the same.
      1 Home was under a root, and seven little shrews were waiting there with spoons.

      "You've lost time," said the shrew. "I'll give you some back. Sit down a moment. And breathe."
      2 So {N} breathed, in and out, and the knot in {their} head came loose.`,
    `Under a leaf sat a wet bumblebee and could not fly. {N} put it in {their} two hands and breathed on it until it was dry.
      1 It took forty breaths, and there were other things to do.

      It hummed, it rose, it flew once round {their} head. "Warm hands, warm head," it hummed. "Now think." || "That was forty breaths," it hummed. "You see now how calm you are? Now think."
      2 And it was true: {N} was quite calm.`,
    `An old tinker sat by the wayside with one shoe. {N} was late already, but {they} looked for the other one until it was found.
      1 It was hanging in a bush, full of rain.

      "Here's something for it," said the tinker. "You can't buy it. When it won't go forward, think of what you love." || The tinker put it on and stamped. "Now listen," said the tinker. "The thing you like best is the thing you know best. Use that."
      2 Then there were two shoes going down the road, left, right, left, right.`,
  ],
  pictures: [
    `On the windowsill stood a saucer with sugar water, in case a bumblebee came by. {N} had put it there, and had told nobody. || On the windowsill {N} had laid a nut, without its shell, cut up quite small. Whoever came by in the night would find it.
      1 In the morning there was nothing left of it.`,
    `{N} lay there with cold feet, because the second blanket was now on {C}. {They} pulled up {their} knees and smiled in the dark. || When {C} was asleep, {N} got up once more, and pushed the warm stone over to the other side.`,
    `At supper there was one piece of cake left over. {N} looked at it for some time. Then {they} wrapped it up, for tomorrow, for someone who had not had any. || {N} cut {their} bread in two, and then once more, for there were more at the table than you could see.`,
    `Before the door was a beetle, on its back. It was dark, and {N} was very tired. But {they} bent down once more, and then {they} went to bed.`,
  ],
};

export const friendship: MoralMaterial = {
  kind: 'friendship',
  stems: /friend|together|team|loyal|belong/i,
  deed: 'will not go on without a friend',
  tests: [
    `"Go on without me," said {C}. "I've a thorn in my foot, and you're quicker alone." {N} sat down at once.
      1 "Then I'm just quick, and alone," {they} said.
      {They} took the foot on {their} knee and looked for the thorn until {they} had it. || It was a small thorn, and it took a long time, and {N} did not look up once.

      "I was only in your way," said {C}. "You were never in my way," said {N}. "You are half of it." || When it was out, they leaned against each other, and it was easier to think with two heads.`,
    `They had begun to quarrel. "You and your ideas," said {C}. "You and your feet," said {N}. Then neither said anything.
      1 It was a silence with corners.

      {N} held out a hand, without turning round. "I'd rather be wrong with you than right by myself," {they} said.
      2 {C} looked at the hand, and at the sky, and at the hand.
      "I'm sorry about the ideas," said {C}. "They are quite good. Have another." || "Start again," said {C}. "Tell me one more of your ideas, a good one."`,
    `A cart came by. "I've room for one," said the driver, "and I know an easier way." {N} looked at the seat, and then at {C}. "There are two of us," said {N}.
      1 The cart drove off, and the dust took a long time to settle.

      "You could have gone," said {C}. "And who'd have laughed at my jokes?" said {N}.
      2 They shared the last of the {food}, and one got the crust and one got the middle.
      With that they sat down side by side, to think again from the beginning.`,
    `{C} was gone. A moment ago there had been four eyes, and now {N} had just two. {They} turned round at once, although the goal was so near.
      1 {They} called, and listened, and called.

      {C} was stuck in a hole, and very ashamed of it. {N} lay down, and reached, and pulled. || {C} was sitting behind a stone. "I was scared that you'd be quicker without me," said {C}. {N} sat down next to the stone.
      "Now let's do it," said {N}, "both of us."`,
  ],
  pictures: [
    `At night a string ran from {N}'s bed to {C}'s. Once somebody pulled it. Then somebody pulled back. || {N} hung the two cups on one hook by the stove. Each time the door shut, they touched, and rang.`,
    `"Are you asleep?" whispered {C}. "Yes," whispered {N}. "Me too," said {C}. And then they really were. || The bed was wide enough for one and a half. {N} and {C} slept in it back to back, and nobody fell out.`,
    `{N} had drawn the day on a piece of paper. There were two on every bit of the road, also on those where one of them had only been carried. || On the doorpost there were two notches, one for each of them. Then {N} put {C} on {their} shoulders and made a third one. It was the highest by far.`,
    `There was only one pear left. {N} cut it. {C} chose. That is how they did it that evening, and all the evenings after.`,
  ],
};

export const empathy: MoralMaterial = {
  kind: 'empathy',
  stems: /empath|feel|understand|compassion|shoes|listen/i,
  deed: 'asks how it is for the other one',
  tests: [
    `On a stone close by sat a crow that screeched at them. "Be quiet!" {N} wanted to shout. But then {they} saw how it held its wing.
      1 {They} lifted one arm and held it just so. It hurt to look at.
      "I'd screech too," {they} said. "Does it pull, here?" || "That must be a bad day you're having," {they} said, and came no closer.

      The crow fell silent. "Most people throw things," it said. "You have stopped to think. Now go on with it." || The crow tilted its head. "You look at things from inside," it said. "Do that with the other thing too."`,
    `{C} was in a bad mood, and said so. {N} was about to answer. Instead {they} looked down and saw four sore feet, or at any rate two.
      1 {They} had not once asked.
      "How is it for you," asked {N}, "all this?" || "You've been tired for hours," said {N}. "And you never said."

      So {C} told it all. It was a short story, mostly about feet. After that they both felt better. || {C} thought it over, and grew a bit softer round the edges. "It's better," said {C}, "now that you've asked."
      2 And with sore feet in your lap, you think in a different way.`,
    `There was a dry little tree by the wayside, and someone had hung an old coat on it. {N} was about to break off a stick. Then {they} put {their} hand on the bark, and thought what it would be like to stand there.
      1 One stands, and everyone goes by.
      {They} took off the coat, and gave it the last of {their} water instead.

      In the leaves something rustled, like a thank-you. It was so quiet that {N} could hear {their} own thoughts again.`,
  ],
  pictures: [
    `{N} put on {C}'s scarf, and sat on {C}'s cushion, and looked at the room from there. "So that's what we look like," {they} said. And {they} moved the lamp a bit, so that it no longer shone in {C}'s eyes.`,
    `On the stairs sat the child from next door, face to the wall. {N} did not ask. {N} sat down one step lower, and waited, and had time.`,
    `"What are you doing?" asked {C}. {N} was lying on the floor, with one cheek on the boards. "I want to know how high the table is," said {N}, "if you are small." Next day there was a footstool there.`,
    `That night it thundered, far off. {N} was not afraid of thunder. But {they} got up, and lit the small lamp, and left {C}'s door a hand's breadth open.`,
  ],
};

export const respect: MoralMaterial = {
  kind: 'respect',
  stems: /respect|polite|manner|elder|rule|honou?r|different/i,
  deed: 'asks before touching, and hears an old voice out',
  tests: [
    `An old hare was sitting by the way, and began to explain. It explained very slowly, and from the beginning. {N} would have liked to run. {They} took off {their} hat, and heard it out.
      1 It began with the hare's grandmother.

      At the very end, where hardly anyone had ever got to, came the one thing that counted. "And if force won't do," said the hare, "then use what you love." || "You are the first," said the hare, "to whom I got as far as the end. The end is this: do it in your own way."`,
    `There was a nest, exactly where one would have had to step. {N} stopped with one foot in the air. "May we?" {they} asked the bird.
      1 It would have been so quick, the other way.
      "No," said the bird. So they went round, through the nettles. || The bird thought about it. "On the left side," it said, "and on tiptoe." They did just that.

      "No one has ever asked me before," the bird called after them. "You'll get far. Try it slowly." || Seen from the other side, it all looked different at once.`,
    `Here stood a stone with old writing: "Take off your shoes. Someone is asleep." There was no one to be seen. {N} took off {their} shoes.
      1 "Nobody would know," said {C}. "The one who's asleep would," said {N}.

      With bare feet one walks differently. One feels more. One thinks more quietly, too. || And because {they} went so softly, {N} heard what {they} had not heard with {their} boots on: {their} own good idea.`,
    `A goat stood in the way, with its own opinion. "I wouldn't do it like that," it said. {N} did not think much of goats' opinions. But {they} said, "How would you do it?" and {they} meant it.
      1 The goat had waited its whole life for this question.

      "Not with the head," it said, "and I'm a goat, so I should know." {N} thanked it, and thought it over, and the goat was right.`,
  ],
  pictures: [
    `{N} took {their} boots off before the door and carried them up the stairs, past the room where somebody old was asleep. Not one step creaked. || On the stairs {N} met an old neighbour with a candle, and stepped aside, and held the door. They nodded to each other, like two people who know what is what.`,
    `"May I?" asked {N}, before {they} blew out the light. {C} finished the page. Then {C} nodded. || That evening {C} told the old story about the thistle again. {N} knew it by heart. {They} listened as far as the end.`,
    `By the path was a sign now: "Nest. Please go round." It was in {N}'s handwriting, and underneath, quite small, stood: "Thank you."`,
    `In the morning somebody asked {them} how it was done. {N} pointed to the bench, where the old ones sat. "Ask them," {they} said. "They know it from the beginning. Take a cushion."`,
  ],
};
