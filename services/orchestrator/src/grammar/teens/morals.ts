import type { MoralKind } from '../brief.ts';
import type { Beat } from '../engine/beat.ts';

/** Tests and last pictures of the morals for those nearly grown: nobody is told anything, least of all what to think. */
export const moralsOfTeens: Readonly<Record<MoralKind, { tests: readonly Beat[]; pictures: readonly Beat[] }>> = {
  kindness: {
    tests: [
      `An old carter had got a wheel stuck in the mud, and was reasoning with it. There was no time. {N} put down what {they} carried and took hold of the spokes.
        1 It took longer than it should have, and the mud got where mud gets.

        "You're in a hurry," said the carter, when it was done. "Most people in a hurry don't help. So do the next thing as you did this one: low down, and with both hands."`,
      `A fledgling had come down out of its nest, and sat in the middle of the path with its eyes shut. {N} walked past it, four steps, five. Then {they} went back.
        1 {They} wrapped it in {their} scarf, and climbed, and did not look at the sky, where the light was going.

        "That was a quarter of an hour," said {C}. "Yes," said {N}, and looked at {their} hands. They were still warm from it.
        They had also stopped shaking. One could do something with hands like that.`,
    ],
    pictures: [
      `Downstairs there was still a light. {N} had left the last of the bread on the table, wrapped in a cloth, with nobody's name on it. Whoever came in late would know.`,
      `Before {they} went to bed {N} wrote a letter that had been owed for a year. It was four lines long. In the morning it was gone from the sill, and the ink on {their} finger was all there was to see of it.`,
    ],
  },
  honesty: {
    tests: [
      `"You do know the way?" asked {C}. It was asked lightly, and {N} had the light answer ready. It had done twice that day already.
        1 A third yes is a small thing. It weighs what all three weigh.
        "No," said {N}. "I stopped knowing some time ago. I only acted as if I did, because you looked so sure of me."

        {C} was quiet for a bit. "I wasn't sure," said {C}. "I was being polite. Let's both stop."
        So they began again, with what they really knew. It was not much. It held.`,
      `A garden gate lay in the grass, off its hinge. {N} had leaned on it, and heard the crack, and gone on. Now its owner stood there. "The wind, I suppose," said the owner.
        1 There had been wind. It would have done.
        "It was me," said {N}. "I heard it break, and I walked on. I'm sorry."

        The owner looked at the gate, and then, for rather longer, at {N}. "Hold this end," said the owner.
        They mended it together. Afterwards {N} could think in a straight line again.`,
    ],
    pictures: [
      `At the table somebody told the story of the day, and in it {N} had not hesitated once. "I did," said {N}. "Twice. Then {C} took my sleeve." The story was better after that. It had a floor in it.`,
      `{N} took the note {they} had written, and crossed out the last line, which sounded good. The one {they} put in its place was shorter, and true. Then {they} slept.`,
    ],
  },
  bravery: {
    tests: [
      `{N} noticed that {their} hands were shaking, and put them in {their} pockets. Then the pockets shook.
        "I'm afraid," said {N}. Nobody had asked.
        1 It was odd to hear it out loud. It was smaller out there.

        "Of what, exactly?" asked {C}. {N} thought about it. It turned out to be one particular thing, and not everything.
        One particular thing has edges. You can walk round it, and {N} did.`,
      `On the other side of the wall was something that breathed. To go back would have been sensible, and nobody would ever have said a word.
        1 {N} knew just how that silence would sound. {They} knew it from before.
        {They} took the first step, which is never the difficult one, and then the second, which is.

        It was a cow. It looked at {N} with great calm. {N} laughed until {their} knees gave.
        When {they} stood up again, there was room in {their} head.`,
    ],
    pictures: [
      `That evening, at the long table, {N} stood up with {their} heart beating, and said the sentence that {they} had carried about since spring. Nothing fell down. Somebody passed the salt. Somebody, at the far end, said, "Yes. I think so too."`,
      `{N} went out once more, without the lamp, as far as the last tree, and stood there with the dark all round. {Their} heart was loud. {They} let it be loud. After a while there were stars.`,
    ],
  },
  friendship: {
    tests: [
      `"You'd be faster without me," said {C}. It was said to the air, and it was also true.
        1 {N} worked it out, because one does. An hour, perhaps more.
        "I would," said {N}. "And I'd get there, and have nobody to look at." {They} took the pack off {C}'s back and put it on {their} own.

        "You counted, didn't you?" asked {C} after a time. "Of course I counted," said {N}. "Then I threw it away."
        And they looked, both together, at what was to be done.`,
      `They quarrelled, in low voices, about something that was not what they were quarrelling about. Then they walked a good way with the whole path between them.
        1 {N} had had the last word. It was a good one, and it was no company at all.

        "What I said about your plan," said {N}. "I was frightened, and you were nearest." {C} came over to the same side of the path.
        "Then stay near," said {C}, "and be frightened over here." So they went on side by side, and thought aloud.`,
    ],
    pictures: [
      `There were two cups on the step, long since cold. Nobody had said anything for an hour, and nobody had needed to. When it grew chilly {N} moved over, and {C} moved over, and that was all the talk there was.`,
      `Much later {N} found in {their} pocket half of something, broken neatly in two. {They} knew who had the other half. {They} put it back.`,
    ],
  },
  perseverance: {
    tests: [
      `The fifth attempt failed like the fourth, which was at least information. {N} noted what had been different. It was very little. {They} changed that.
        1 "How often do you mean to try this?" asked {C}. "Once more," said {N}. It had been true each time.

        At the ninth, something gave. It was only the way that {N} had been looking at it.
        "Oh," said {N}. "I've been trying to finish it. I ought to begin it."`,
      `{N} walked off, as far as the bend, and stood there with {their} back to all of it. {C} did not call.
        1 It was pleasant at the bend. One could have stayed there, and many have.
        Then {N} came back, because it was still there, and still mattered. That was the whole reason.

        "Once more," {they} said, "but slowly, and from the wrong end." Again it did not work.
        But this time it failed in a way that pointed somewhere.`,
    ],
    pictures: [
      `Over {N}'s bed there was a row of pencil strokes, one for each time that it had gone wrong. {They} added today's, looked along the row, and began again where {they} had stopped.`,
      `The house had gone to bed. In {N}'s room the lamp was still burning, and on the floor lay eleven sheets of paper with the same line on them, each a little less crooked. The twelfth was still on the table.`,
    ],
  },
  empathy: {
    tests: [
      `{C} had been short with {N} all afternoon. {N} had several answers ready, and most of them were fair. Instead {they} looked: at the shoulders, and at the way in which {C} was walking.
        "How long has that hurt?" asked {N}.
        1 There was a pause, in which a good deal of anger went out of the air, like steam.

        "Since this morning," said {C}. "I didn't want to be the reason." So they sat down.
        {N} asked, and listened for longer than {they} talked. And then it was clear what to do next. Nobody had been quiet enough to see it.`,
      `Somebody at a window shouted at them to get away from the wall. {N} turned round to shout back. Then {they} saw the bed behind the window, and who lay in it, asleep at last.
        1 {They} thought of the nights that must have been before this one.
        {They} lifted a hand, to say sorry, and from there on they walked on the grass.

        At the corner two cups of water stood on the sill, and nobody was to be seen.
        They drank. {N} felt that {they} had stopped hurrying, on the inside.`,
    ],
    pictures: [
      `On the stairs sat the neighbours' youngest, with a shut face. {N} had somewhere to be. {They} sat down one step lower, and did not ask anything. It took a long time. It took as long as it takes.`,
      `{N} read the letter again that had made {them} so angry in spring. This time {they} read it as if {they} had written it. "Oh," said {N} to the lamp. In the morning there was an answer on the table, and it began with a question.`,
    ],
  },
  respect: {
    tests: [
      `An old gatekeeper began to explain, and began with the year of the flood. {N} wanted only the one fact. {They} opened {their} mouth, and shut it again, and listened.
        1 It was a long year, that of the flood. There were nine gates in it.

        The fact was in the ninth, and it was not the one that {N} had been waiting for. It was better.
        "You heard it out," said the gatekeeper. "Then you know why it has to be done in your way, and not in mine."`,
      `Across the only dry path somebody had laid out a pattern of small stones, ring within ring. {N} stopped at the edge of it. "May we?" {they} asked, though nobody was to be seen.
        1 "It's stones," said {C}. "It's somebody's," said {N}.

        A voice in the hedge thought about it. "Round the left," it said. "The right isn't finished."
        So they went round by the left, through the wet, and from there {N} saw what {they} had not seen from in front.`,
    ],
    pictures: [
      `At the end there was a song that only the old people knew, too slow, in words that nobody used any more. The others had begun to talk. {N} turned {their} chair round, and listened as far as the last verse, and then asked what the third word meant.`,
      `{N} stood outside the door with one hand raised. It had always been {their} way to walk straight in. {They} knocked. There was a pause, quite a surprised one. "Yes," said the voice inside. "Please."`,
    ],
  },
  responsibility: {
    tests: [
      `It came to {N} in the middle of a step. "The tap in the barn," said {N}. "I promised to turn it off." It was a long way back. Nobody would have known who had left it on.
        1 "It's most likely fine," said {C}. "Most likely," said {N}, and turned round.

        It was running quietly, a hand's breadth from the seed corn. {N} turned it off, and shut the door.
        When they came up again, everything was where it had been. Only {N} could look at it straight.`,
      `Behind them lay the way they had come: a fence pushed flat, and the turf torn where they had slid. "We put it back first," said {N}.
        1 "Now?" asked {C}. "There won't be an afterwards," said {N}. "There never is."

        They stood up the fence, post by post, and trod in the turf.
        When it was done the ground lay as it wanted to lie, and {N} could see how one ought to have begun.`,
    ],
    pictures: [
      `While it was still half dark there were steps in the yard, and the pump, and then the sound of water finding its way between the rows. {N} had said, "I'll see to it." That was three weeks ago. It was said once, and done every day.`,
      `By the door hung the key, and a list, in several hands, of who locked up on which night. On tonight's line somebody had written "{N}", in pencil. {N} went over it in ink.`,
    ],
  },
};
