import type { Episode } from './episode.ts';

/** Episodes that somebody's interest or strength resolves. */
export const helped: readonly Episode[] = [
  {
    id: 'postman-snail',
    until: 12,
    obstacle: 'lost',
    slots: { thing: 'the letter', goal: 'the place' },
    before: `A snail sat there with a postman's bag, and cried. "I've lost a letter," it said. "In forty years I've not lost one."
      1 "What sort of letter?" asked {N}. "A small one," said the snail, "with a heart on it, and no stamp."

      {N} and {C} looked under the nearest leaves, but there was only a worm, who had not written to anyone.
      2 "When did you have it last?" asked {C}. "On Thursday," said the snail. "That is to say, quite near here."`,
    after: `"It's for you, by the way," said the snail, and put on its cap. In the letter there was only one sentence: "Somebody is thinking of you."
      1 "Who sent it?" asked {N}. "That is not my department," said the snail.
      2 {N} put the letter in {their} breast pocket, on the left side. It made a warm spot there.`,
    later: `The snail had reached the next house. It had been on its way there all day, and it lifted its cap.`,
  },
  {
    id: 'toll-troll',
    until: 12,
    obstacle: 'sad',
    slots: { who: 'the troll' },
    before: `Across the way lay a beam, and behind the beam sat a small troll. "Toll!" it shouted. "Nobody passes!"
      1 "And what does it cost?" asked {N}. "Everything!" shouted the troll.

      {N} offered it a button, and then a second one. The troll threw both of them over its shoulder.
      2 "I've got buttons," it shouted. "I've got a whole cave full of toll! And not one of them ever comes back to visit!"`,
    after: `The troll lifted up the beam. "It's heavy," it said, "and there's a draught. I believe I'll make a bench out of it."
      1 "Then people will stop of their own accord," said {N}.
      2 When they looked round, it was already sitting on it, at the very edge, so that there was room for others.`,
    later: `The beam was a bench now. The troll sat on it between two travellers, and had charged them nothing.`,
  },
  {
    id: 'hedge-gate',
    until: 12,
    obstacle: 'shut',
    slots: { door: 'the little gate' },
    before: `Behind a hedge somebody was calling for help, in a tired voice. "I only wanted to water my beans, and now the little gate won't open!"
      1 "How long have you been in there?" asked {N}. "The beans were small when I came in," said the voice.

      {N} shook the gate. A bit of rust came down, and that was all.
      2 {C} looked for a gap underneath. There was one, and a hedgehog family lived in it.`,
    after: `Out came a little old gardener with a green beard. The gardener had beans in every pocket, and gave {N} nine of them.
      1 "Don't eat them," said the gardener. "Or eat eight. One you must keep for when you're sad."
      2 They ate eight. {N} put the ninth one away, where {they} would find it by accident.`,
    later: `From behind the hedge came the sound of watering. The little gate stood wide open, with a stone against it, just in case.`,
  },
  {
    id: 'goat-ditch',
    until: 12,
    obstacle: 'gap',
    slots: { gap: 'the ditch', goal: 'the far side' },
    before: `Three goats stood on the one side of a ditch, and on the other stood somebody's aunt with a bucket. "They won't come," called the aunt, "and I won't either!"
      1 It was full of brown water, and you could not see how deep.

      The first goat looked at {N}. It was clear that it expected something. {N} said, "Jump!" and the goat lay down.
      2 "They have been looking at me like that since breakfast," called the aunt. "I feel quite ill from it."`,
    after: `The goats came after, one, two, three, as if it had been their own idea. Then each of them got something from the bucket.
      1 {N} and {C} did as well. It was warm oats, and it was not bad.
      2 "A person who can get goats across," said the aunt, "can get anything across."`,
    later: `The three goats stood on the wrong side of the ditch again, and had never looked so content.`,
  },
  {
    id: 'stuck-carousel',
    obstacle: 'broken',
    slots: { thing: 'the carousel' },
    before: `There was a carousel there, quite alone, with seven wooden animals. It did not turn. An old man sat sadly on the swan.
      1 "It sticks," said the old man. "And I've no more ideas. I used to have lots."

      {N} pushed. The whole carousel groaned, and an ear fell off the wooden pig.
      2 "That was loose before," said the old man kindly.`,
    after: `"One ride is free," said the old man. "The second one as well, for I can't count." So they rode round, {N} on the hare, {C} on the pig.
      1 With each round the land went by: the path, the sky, the path, the sky.
      2 When they got off, they walked in a slight bend for a bit, and laughed about it.`,
    later: `The carousel was turning, with all its lamps lit, and the wooden pig had both its ears again.`,
  },
  {
    id: 'mole-tunnel',
    until: 12,
    obstacle: 'dark',
    slots: { goal: 'the way out' },
    before: `Here the way went in under old trees, and it was as dark as a tunnel. At the entrance stood a mole in a hat. "Unlit," it said proudly. "As it should be. Mind your heads."
      1 "How long is it?" asked {N}. "As long as it's dark," said the mole.

      They went in. After three steps {N} had walked into {C}, and {C} into a trunk.
      2 "It's the other way," said the trunk. But it may have been the mole.`,
    after: `"You did that almost like moles," said the mole, which had come after them. It took off its hat, which it hardly ever does.
      1 "And how is it up here?" it asked. "Very bright," said {N}. The mole felt sorry for them.
      2 It gave them a spare hat to take along, in case it should get any brighter.`,
    later: `By the dark trees the mole lifted its hat. "Was it bright all the way?" it asked. "It's getting better," said {N}.`,
  },
  {
    id: 'cross-swan',
    obstacle: 'sad',
    slots: { who: 'the swan' },
    before: `A swan hissed at them from the middle of the path. It was old, and its feathers were no longer quite white. "Not one step further!"
      1 {N} said good day. "It isn't," hissed the swan.

      {N} tried to go round it on the left. The swan stood on the left. {N} tried the right.
      2 "I can keep this up until Sunday," said the swan.`,
    after: `"I used to be the most beautiful one," said the swan, "and now I'm only the loudest." {N} did not think so at all, and said so.
      1 So the swan walked with them for a bit, with its neck in a very fine curve.
      2 At the next bend it gave {N} a feather. It was grey at the tip, and that was the best part.`,
    later: `The swan came across the whole of the water to greet them. It took its time, and let itself be looked at.`,
  },
  {
    id: 'lost-note',
    until: 12,
    obstacle: 'lost',
    slots: { thing: 'the missing fiddle', goal: 'the place' },
    before: `Seven crickets stood in a row, and six of them had fiddles. "We can't begin," said the largest. "Number seven has lost one, and it was the one with the tune."
      1 Number seven looked at all six feet.

      {N} asked where they had been. They all answered at once, and each of them said something different.
      2 "They are musicians," {C} explained.`,
    after: `Then they played. It was a small music, but it filled up the whole air, as a smell does.
      1 {N} lay down in the grass, just for one song. Perhaps it was two.
      2 "We'll play for you," called number seven, "wherever you are! Simply listen, in the evening." And so it is.`,
    later: `In the grass seven fiddles were tuning up. When they saw {N} they began at once, with the song of that afternoon.`,
  },
  {
    id: 'well-bucket',
    obstacle: 'broken',
    slots: { thing: 'the winch' },
    before: `By a well stood a washerwoman with forty dirty sheets. "The winch is stuck," said the washerwoman, "and the water is down there, and the wedding is tomorrow."
      1 "Whose wedding is it?" asked {N}. "Mine," said the washerwoman.

      {N} leaned over the edge and called "Hello!" The water called back, but it did not come up.
      2 {C} tried to drop a hat down there on a string. After that they needed a hat as well.`,
    after: `The first bucket came up, and it was full of sky. They all washed, and {N} held one end of each sheet, and wrung.
      1 In the end there were forty white sails hanging in the wind.
      2 "If you hear bells tomorrow," said the washerwoman, "eat something sweet, and think of me."`,
    later: `By the well hung forty sheets, and between the sheets people were dancing already, so as to be in practice.`,
  },
  {
    id: 'cupboard-in-the-grass',
    until: 12,
    obstacle: 'shut',
    slots: { door: 'the cupboard' },
    before: `In the middle of the grass stood a cupboard, and somebody was in it. "I'm not stuck," said a thin voice. "I'm haunting. But I'd like to stop now."
      1 "Since when have you been haunting?" asked {N}. "What day is it?" asked the voice.

      {N} pulled at the knob, and it came off in {their} hand.
      2 "That one always does," said the voice. "It's part of the haunting."`,
    after: `Out came a very small ghost, blinking, and quite creased. {N} shook it out a bit, as you do with washing.
      1 "Is it always so bright?" it asked. "And so wide?" It flew a little round, and then a large one.
      2 It hung the cupboard key round its neck. From then on it was going to haunt only on Fridays, and out of doors.`,
    later: `Something white went by over their heads and hummed. It was not Friday, but it was out of doors.`,
  },
  {
    id: 'duck-crossing',
    until: 12,
    obstacle: 'gap',
    slots: { gap: 'the brook', goal: 'the reeds' },
    before: `A duck came towards them with eleven children in a row. "The current is too strong," said the duck, "and the twelfth one is over there already, and shouting."
      1 You could hear it. For such a small duck it had a great deal to say.

      {N} waded in up to the knees, and was out again faster than {they} had got in.
      2 "Cold?" asked {C}. "Wet," said {N}, "and very strong."`,
    after: `Now there were twelve, and the duck counted them three times, because it was so nice.
      1 The loudest walked beside {N} for a bit and told it all again from the beginning.
      2 "That one will be a captain," said the duck. It was said with a sigh, and it was said with pride.`,
    later: `The duck and the twelve had gone to bed in the reeds. One of them was still talking.`,
  },
  {
    id: 'night-market',
    late: 'dark',
    obstacle: 'dark',
    slots: { goal: 'the first stall' },
    before: `It had grown quite dark by then. "There's a market here," said a voice, "the best one there is. But someone took the lamps, and now nobody can find it, not even us."
      1 It smelled of nuts and of new leather. {N} heard coins, and a hen.

      {N} went towards the hen, and knocked over something that was full of apples.
      2 They rolled a long way. {C} found two of them, by sitting on them.`,
    after: `From the first stall they found the second, and from that one the third. In the end it was quite a town, made of cloth and voices.
      1 They were each allowed to choose something. {N} chose a small bell, and {C} chose a bun.
      2 "Come again!" they called. "We're here each night. You only have to find us."`,
    later: `Where the market was, a lantern hung on a pole now, quite high up. Whoever wanted to find it would find it.`,
  },
];
