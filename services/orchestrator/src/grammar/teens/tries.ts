import type { Beat } from '../engine/beat.ts';
import type { Obstacle } from '../topics/index.ts';

/** What somebody nearly grown tries first, and why it does not do. */
export const wrongTriesOfTeens: Readonly<Record<Obstacle, readonly Beat[]>> = {
  dark: [
    `{N} set a pace and kept to it, as if being certain were a direction. Before long they crossed their own footprints.
      1 Neither of them mentioned it. They had both seen.
      2 "Again?" asked {C}. "Again," said {N}, and they crossed them a second time.`,
    `{N} called. Nothing came back, not even {their} own voice.
      1 {They} called again, and heard how it sounded, and stopped.
      2 It is possible to be embarrassed with nobody looking.`,
  ],
  shut: [
    `{N} put a shoulder to it. It was like leaning on a hill.
      1 They tried it together, on three. On three nothing happened, twice.
      2 "It isn't shut against us," said {C}. "It simply isn't for us yet."`,
    `{N} argued with it. {N} had good arguments, and {door} had hinges.
      1 Said aloud, to a door, most things sound either too large or too small.
      2 {C} waited until it was over, and did not smile, which cost something.`,
  ],
  gap: [
    `{N} measured it by eye, took ten steps back, ran, and knew at the seventh that it was too wide. Stopping took everything {they} had.
      1 Some gravel went over instead of {them}. They listened to it for a long time.
      2 "I'd have said something nice about you," said {C}. It came out thinner than it was meant.`,
    `{N} laid out the rope, the branches and the plan. The plan was sound. The branches were not.
      1 They watched the second one go down, turning, and get smaller.
      2 "There are only so many trees," said {C}.`,
  ],
  sad: [
    `{N} had thought out what to say, and said it well. {Who} listened to the end, and turned away.
      1 It had been a good speech. That was what was wrong with it.
      2 "You practised that," said {C}, not unkindly. It was so.`,
    `"I know how you feel," said {N}. For the first time {who} looked up. "No," said {who}. "You don't."
      1 It was true, and it stayed in the air.
      2 {N} would have given something to have the sentence back.`,
  ],
  broken: [
    `{N} took the nearest thing that looked loose, and tightened it. Somewhere inside, something that had been whole was not whole any more.
      1 The small noise of it took a long time to be over.
      2 "Next time we look first," said {C}. "Next time," said {N}, "you say so first."`,
    `{N} gave it the sort of blow that helps in stories. It did not help in this one.
      1 {They} stood there with a sore hand and a cold thing in front of {them}.
      2 {C} studied the view.`,
  ],
  lost: [
    `{N} searched fast, and thoroughly, and in the wrong order. When {they} thought of where one ought to begin, it was trodden flat already.
      1 It is hard to search a place that you have just turned over.
      2 "Sit down a minute," said {C}. "I'm fine," said {N}, in a voice that was not.`,
    `"Somebody has taken it," said {N}, and thought of three people at once, and of reasons. There was nothing to be said against any of them.
      1 It was remarkable how quickly that had gone.
      2 {C} said nothing, and {N} took the three names back, one after another.`,
  ],
};
