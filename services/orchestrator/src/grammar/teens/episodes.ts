import type { Episode } from '../episodes/episode.ts';

/** Adventures of those nearly grown that an interest or a strength resolves. */
export const helpedOfTeens: readonly Episode[] = [
  {
    id: 'surveyor',
    from: 13,
    obstacle: 'gap',
    slots: { gap: 'the weir', goal: 'the far bank' },
    before: `On the bank sat a young surveyor with a measuring chain, boots off. "I've measured everything on this side," said the surveyor. "The rest is over there, across the weir. I can't swim, and I've told nobody that I can't."
      1 The water came over the weir in one smooth piece, like glass being poured.

      {N} tried it with one foot. The current closed round the ankle like a hand.
      2 "I could hand in the half that I have," said the surveyor. "I doubt that anybody compares."`,
    after: `The surveyor came after them, and stood on the other bank for some time, looking at what had been only a number that morning.
      1 "You might tell them," said {N}. "That you can't swim." "I might," said the surveyor. "It would go down better, now that I've crossed."
      2 For the first length {N} held the other end of the chain. It is a strange feeling, to have a distance in your hand.`,
    later: `Across the weir there was a rope now, hand-high, with a knot at every yard. The surveyor was showing somebody else how to hold it.`,
  },
  {
    id: 'schoolhouse',
    from: 13,
    obstacle: 'shut',
    slots: { door: 'the inner door' },
    before: `By the way stood a schoolhouse with its shutters closed. On the step sat a caretaker with forty keys. "They shut it twelve years ago," said the caretaker. "I come on Tuesdays. The one for the inner door I've never found."
      1 "What is behind it?" asked {N}. "A piano," said the caretaker, "unless they lied about that as well."

      {N} went through the whole ring, from one end to the other. It was none of them.
      2 "I've marked those that it isn't," said the caretaker. "That's all of them."`,
    after: `There was a piano. It stood under a sheet, and eleven of its keys still spoke, though not all in the same language. The caretaker played something on those eleven.
      1 Dust came down through the light from the door, in no hurry.
      2 "Come on a Tuesday," said the caretaker, "and bring anybody."`,
    later: `The shutters of the schoolhouse stood open. It was not a Tuesday.`,
  },
  {
    id: 'brass-ring',
    from: 13,
    obstacle: 'lost',
    slots: { thing: 'the ring', goal: 'the bean rows' },
    before: `A widow was walking up and down between rows of beans, with eyes on the ground. "Forty-one years it stayed on," said the widow, and held up a hand with a pale band round one finger. "And today, in the beans, it goes."
      1 "Is it worth a lot?" asked {C}. "It's brass," said the widow. "It was meant to be for the first year only."

      {N} took the row on the left, and {C} the row on the right. They found a button, and a foreign coin, and the handle of a cup.
      2 "That was a good cup," said the widow.`,
    after: `The widow put it on, and turned it once, as one turns a key. "There," said the widow, but not to them.
      1 They were given beans, more than they could carry, and carried them.
      2 "Why don't you keep it in a box?" {N} called back from the gate. "Because then it would be in a box," said the widow.`,
    later: `The widow sat at the edge of the field, with both hands in the last of the sun, doing nothing whatever with them.`,
  },
  {
    id: 'musician',
    from: 13,
    obstacle: 'sad',
    slots: { who: 'the musician' },
    before: `Under an arch sat a musician, with the case shut and a coat thrown over it. "I've given it up," said the musician, before anyone had asked.
      1 "Since when?" asked {N}. "Since the last person walked by," said the musician. "It may have been you."

      {N} said that it had surely been good. "You weren't listening," said the musician, and that was so.
      2 {C} put a coin on the coat. It was handed back.`,
    after: `"All right," said the musician, and took the coat off the case. What came then was not cheerful, and not sad either. It was only very exact.
      1 Two people who had been walking by stopped walking by.
      2 "That's how it begins," said the musician to {N}, without looking up. "One asks what is wrong, and then stays for the answer."`,
    later: `From under the arch came the tune of the afternoon, only faster. Four people stood there, and one of them had sat down.`,
  },
  {
    id: 'ice-cellars',
    from: 13,
    obstacle: 'dark',
    slots: { goal: 'the guide' },
    before: `The short way led through the old ice cellars. At the entrance hung a lantern without oil, and a notice: "Guide on request." {N} rang. "On whose request?" asked somebody, a long way down.
      1 "Ours," called {N}. "I used to come up for that," said the voice. "Then the oil ran out, and nobody asked again. You had better come to me."

      They went down. After twenty steps the daylight was a coin, and after forty it was spent.
      2 "Mind the beam," said the voice. They had not minded it.`,
    after: `The guide was sitting on a crate and knitting, by feel. "Thirty years down here," said the guide, "and you're the first who came to fetch me."
      1 They walked out together at the other end, and the guide stood there in the grass, blinking, like something new.
      2 "It's all still here," said the guide to {N}, and looked round for somewhere to sit down and see it.`,
    later: `At the cellars a new notice hung under the lantern: "Guide out. Back when it gets dark." It was getting dark, and the guide was still out.`,
  },
];

/** Those that need no gift. */
export const unaidedOfTeens: readonly Episode[] = [
  {
    id: 'dead-letters',
    from: 13,
    before: `In a wooden booth by the road a clerk was sorting letters into a box marked "Too Late". "People think that they stop being true," said the clerk. "They don't. They only stop being delivered."
      1 There were hundreds of them, tied up by year.

      {N} took up the one on top. It was addressed to somebody in the next village, in pencil.
      2 "Nine years," said the clerk. "An apology, by the look of the envelope. One learns to tell."`,
    after: `"The next village is on our way," said {N}. The clerk looked at the letter, and at the box, and then stamped it, so hard that the booth shook.
      1 They left it under a door, and knocked, and were round the corner before it opened.
      2 But they heard it open. They heard nothing after that, for quite some time, and then somebody laughed, or nearly.`,
    later: `The booth was shut. Where the box had stood there was a clean square in the dust, and from it a wheel track led away, a deep one.`,
  },
  {
    id: 'boundary',
    from: 13,
    before: `Two people were building a wall, one from each end, without a look at each other. "It's the boundary," said the first. "We inherited," said the second. They had the same nose.
      1 The gap in the middle was about as wide as a person.

      "And when you meet?" asked {N}. Neither of them had thought as far as that.
      2 "Then it's finished," said the first. "Then it's over," said the second. It was not quite the same thing.`,
    after: `"Would you leave it for a moment?" asked {N}. "We have to get through." So both of them stepped back, and {N} and {C} went through, and turned round. There they stood, the four of them, with nothing in between.
      1 "You look just like Mother," said the first. "So do you," said the second.
      2 When {N} looked back from the rise, they were sitting in the gap, each with a back against what there was of the wall. It made a good bench.`,
    later: `Where the walls should have met there hung a gate, quite new, and without a lock.`,
  },
  {
    id: 'prompter',
    from: 13,
    before: `In a field stood a stage, and in the box before it sat a prompter and whispered. There were no actors. "They left in spring," said the prompter. "But somebody has to know how it goes on."
      1 The wind turned a page, and the prompter turned it back.

      "How does it go on?" asked {N}. "Now somebody comes in from the left, and says that it was all a mistake," said the prompter. "It's the best line in the play. I've never been allowed to say it aloud."
      2 {C} looked at the stage, and at the steps on the left.`,
    after: `"Then come up," said {N}. The prompter climbed out, and was taller than one would have thought, and said the line. It went out over the field. Nothing answered, and it was very good.
      1 {N} and {C} clapped. It sounded like more than two.
      2 "Now I shall have to learn the rest," said the prompter, "from the front."`,
    later: `On the stage a lamp was burning. Somebody stood in the light and held a long pause, and even from the road one could tell that it was meant.`,
  },
  {
    id: 'forecaster',
    from: 13,
    before: `On a rise stood a hut with vanes and cups, and a barrel for the rain. "Tomorrow will be different from what I say," said the forecaster who lived there. "It always is. I send it off regardless."
      1 On the wall hung ten years of forecasts, and beside each, in red, what had come instead.

      "Are you never right?" asked {N}. "Once," said the forecaster. "I was so surprised that I went outside to look, and missed it."
      2 {C} read down the columns. The red ones were longer, and better.`,
    after: `"Perhaps it's the other list that counts," said {N}. "Nobody else has written down what really came." The forecaster took the red pencil from behind one ear, and looked at it as if it were somebody else's.
      1 "A record," said the forecaster slowly. "One could be exact, with a record."
      2 They were given tomorrow's forecast to take along. It said: "I don't know. I'll tell you afterwards."`,
    later: `On the forecaster's door there was a new sign, in red: "What happened. Enquire within."`,
  },
  {
    id: 'front-runner',
    from: 13,
    before: `At a crossroads stood a runner, hands on knees. "I've been leading since noon," said the runner. "There is nobody behind me. I begin to think that I missed a turning."
      1 On the runner's shirt was the number one, which did not help.

      "And if you did?" asked {N}. "Then I have run very fast to the wrong place," said the runner. "I've done that before, only not on foot."
      2 They all listened. There was no crowd anywhere.`,
    after: `"Is it a good place?" asked {N}. The runner stood up straight and looked round, perhaps for the first time that day. There was a field of flax, blue to the edge. "It is, as it happens," said the runner.
      1 The number they hung on the signpost, where it looked quite well.
      2 For a while the runner went along with them, at a walk, and had trouble with it at first.`,
    later: `In the field of flax somebody lay looking up, in a white shirt without a number.`,
  },
];
