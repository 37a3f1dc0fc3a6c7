import type { MoralMaterial } from './moral-material.ts';

export const honesty: MoralMaterial = {
  kind: 'honesty',
  stems: /honest|truth|true|lie|lying|steal|fair|cheat|sincer/i,
  deed: 'tells the truth when a fib would be easier',
  tests: [
    `There was a crack. {N} had stepped on somebody's little fence. Nobody had seen it. A mole put its head out and asked, "Was that the wind?"
      1 It would have been so easy. The wind never answers back.
      {N}'s ears went hot. "No," {they} said. "That was me. I'm sorry." || {N} swallowed. "It was my foot," {they} said. "I'll put it right."

      They mended the fence together. "You didn't pretend," said the mole. "So don't pretend now either. What can you really do?" || "Well, then," said the mole, "since we're telling the truth: you're going about it all wrong. Do what you are good at."`,
    `"Do you know the way it goes from here?" asked {C}. {N} could have said yes. {They} had said yes all day.
      1 It is hard to stop, once one has begun.
      "No," said {N}. "I don't know. I have not known since noon." || "To tell the truth," said {N}, "I've only been acting as if I did."

      It was very quiet. "Good," said {C}. "Then we can begin to think." || {C} breathed out. "I'm so glad," said {C}. "I don't either." And with that it was easier for both.`,
    `On the ground lay a purse, heavy and round. "Is it yours?" asked a snail. No one else was there. {N} would have known what to do with it. "No," {they} said.
      1 {They} hung it on a branch, where it could be seen from afar.

      "It is mine," said the snail. "I put it there each day. Nearly everyone says yes." || "Good," said the snail, "then I can talk with you." And it told them something that it tells very few.
      2 "One can do it," it said then, "but only in one's own way."`,
    `A little bird looked down at them. "Are you heroes?" it asked. It so much wanted it to be so. {N} looked at {their} boots. "No," {they} said. "I've just done it all wrong."
      1 That was not all. "And I was showing off a bit," {they} said.

      "Oh," said the bird. "Then I can tell you where I fell down today." They told each other everything, and laughed. || The bird hopped closer. "A hero told me lies once," it said. "I like you better. Try again."
      2 It is easier to think when somebody likes you.`,
  ],
  pictures: [
    `On the kitchen table {N} left a note. "The blue cup is broken. It was me. I've kept the pieces." Then {they} could sleep. || Before {they} went to sleep, {N} called down the stairs. "And I had two pieces of cake, not one!" It was out. {They} turned over and slept.`,
    `"Was it easy?" asked the children the next day. "We took the wrong way," said {N}, "and I was cross, and I cried a bit." They moved closer. It was the best story they had ever heard from {them}.`,
    `{C} held up a marble. "Is it yours or mine?" {N} looked closely. {They} would have liked it to be {theirs}. "Yours," said {N}, and it rolled across the floor, from one bed to the other.`,
    `"How was it?" they asked at home. {N} could have made it larger. {They} told it just as it had been, with the thorns and with the fear, and it was large enough.`,
  ],
};

export const bravery: MoralMaterial = {
  kind: 'bravery',
  stems: /brave|courag|fear|afraid|scar|bold|dare|confiden/i,
  deed: 'is afraid and goes on all the same',
  tests: [
    `{N}'s knees were shaking. {They} looked at them. "I am afraid," {they} said aloud.
      1 It sounded smaller outside than it had been inside.
      Then {they} took one step. The knees came along. || And {they} put one foot before the other, shaking or not.

      "How did you do that?" asked {C}. "I don't know," said {N}. "I took the fear along. It's walking behind me now."
      2 And when the fear was behind, there was room in front for a thought.`,
    `From somewhere came a growl. {C} crept behind {N}. {N} would have liked to creep behind somebody too, but there was no one left.
      1 So {they} {was} the front.
      "Who's there?" called {N}. {Their} voice shook, and {they} went towards it. || {They} held on to {their} own sleeve, and went to look.

      It was an old branch, and the wind was rubbing it. They laughed till they had to sit down. || It was a toad with a cold. "Bless you," said {N}, and {their} heart slowed down.
      And whoever has gone towards a growl can go towards other things as well.`,
    `"We could turn back," said {C}. "Nobody would mind." {N} thought of {their} bed. It was a good bed. {They} turned round the other way.
      1 {Their} heart was beating like somebody who wants to be let out.

      "Hold my hand," said {N}. "Because you're scared?" asked {C}. "No," said {N}, "because I am." || "I'll count to three," said {N}, "and then I'll stop being scared, or I won't. But I'll go." At three {they} went.`,
    `The path went along an edge here, and {N} did not like to look down. {They} had not liked it since the thing with the ladder. {They} lay flat on {their} stomach and looked.
      1 First with one eye. It is less, with one eye.

      It was deep. But it did not get any deeper while {they} looked. Slowly it got to be just a place. || {Their} hands were wet. {They} went on looking until they were dry.
      2 "Well?" asked {C}. "It's still there," said {N}, "and so am I."`,
  ],
  pictures: [
    `That night the wardrobe creaked. {N} sat up. Then {they} got out of bed, on cold feet, went over and opened it. "Good evening," {they} said to the coats. || The cellar light had burned out. {N} stood on the top step and held on to the rail. Then {they} went down to fetch the apples, singing quite loudly.`,
    `"Can you do it without a light today?" asked {C}. {N} thought about it. "Leave it on a crack," {they} said. "Tomorrow a smaller one." It is a brave thing, a smaller crack.`,
    `Next day {N} stood at the foot of the ladder. {They} went up three rungs. It was one more than ever before, and from there you could already see the neighbour's cat.`,
    `Somebody new was standing at the fence, and nobody knew what to say. {N}'s heart was beating in {their} throat. {They} went over all the same. "I'm {N}," {they} said.`,
  ],
};

export const perseverance: MoralMaterial = {
  kind: 'perseverance',
  stems: /persever|persist|give up|giving up|try|practi|patien|effort|work hard|hard work/i,
  deed: 'tries again, and then once more',
  tests: [
    `"Once more," said {N}. It was no good. "Once more, but a bit further left." It was no good either, though it was nearer.
      1 {They} made a mark each time, so as not to do the same wrong thing twice.

      {C} lay down. "That was the seventh time," said {C}. "Then the eighth is next," said {N}, and spat in {their} hands. || Before the eighth time {they} sat down, and did not stop. {They} only changed what {they} {was} doing.
      2 Then {they} saw something that one only sees after seven times.`,
    `An ant was dragging a crumb up a wall. It fell down. It started again. {N} counted along: nine times, ten times. At the eleventh it was up.
      1 It did not look round to see if anyone was clapping.

      "I've tried it twice," said {N}. {They} got up, rather red. "So that leaves nine." || {N} rolled up {their} sleeves. "What an ant can do," {they} said. And {they} began again, at the very bottom.`,
    `{N} threw {their} hat on the ground. "I can't do it." Then {they} looked at the hat for a while. Then {they} picked it up, and put it on, and said, "Not yet."
      1 It is a short word, and you can hold on to it.

      So {they} tried it slowly. That was wrong. So {they} tried it from the side. It was wrong too, but it was wrong in a new way. || Again it did not work. But this time there was a small sound, as if something had moved. "Not yet," said {N}, and kept at it.`,
    `It began to rain. Everybody else would have gone home. {N} turned up {their} collar. "We'll do it bit by bit," {they} said. "Just this bit now."
      1 And when that bit was done, there was just the next one.

      The rain got tired first. "You've not even looked up," said {C}. {N} had a drop on {their} nose, and an idea. || By the time it had stopped, {N} had tried everything that does not work. There was not much left that it could be.`,
  ],
  pictures: [
    `On {N}'s wall hung a piece of paper with a row of strokes, one for every time that it had gone wrong. There were twelve. The thirteenth was a small sun. || That evening {N} learned to whistle through {their} fingers. That's to say, {they} learned the beginning of it: it was mostly air. {They} tried it once more, under the blanket.`,
    `The tower of spoons fell over, and {C} sighed. From the floor there came a clink, and then another. {N} had already begun again, with the largest at the bottom this time.`,
    `In the sand before the house there were the marks of a jump, and a little further on of another, and of another. The last one was in the flower bed. {N} had watered the flowers and gone on practising.`,
    `{N}'s shoelaces came undone on the stairs, as always. {They} sat down on the step. Over, under, round and through. It took {them} four goes, and the supper got cold, and the bow held.`,
  ],
};

export const responsibility: MoralMaterial = {
  kind: 'responsibility',
  stems: /responsib|promis|dut|tidy|clean|chore|look after|depend|reliab|keep your word/i,
  deed: 'goes back to do what was promised',
  tests: [
    `"The gate!" said {N} all of a sudden. "I said I'd shut the gate, and I left it open." It was a long way back. {They} went.
      1 "Someone else could do it," said {C}. "Someone else didn't promise," said {N}.

      Six lambs were just about to go out for a walk. {N} shut it, and tried it, and it held. || A calf already had its nose through it. {N} pushed the nose back, kindly, and shut the gate.
      And on the way back {they} went more slowly, and saw more.`,
    `{N} stopped. "We drank at a pump, back there. Did you turn it off?" {C} had thought that {N} had. {N} turned round and went back, all the way.
      1 Nobody had asked {them} to. But {they} had been the last to drink.

      It was running still, and had made itself a brook, and the brook was on its way to somebody's beans. {N} turned it off, with both hands. || The water ran and ran, straight into somebody's front door. {N} turned it off, and swept the step dry.
      "Now I can think," said {N}. "Before, something was dripping at the back of my head."`,
    `A hen came running. "Would you mind my chick, just until I'm back?" {N} said yes. It took longer than that. "We could go," said {C}. "She would never know." "I said yes," said {N}.
      1 {They} crumbled {their} bread quite fine, and gave the chick water from a leaf.

      You have to keep still for that. And while {they} kept still, it became still inside {them} as well.
      2 Then the hen came, out of breath, and counted to one.`,
    `{N} looked back. Where they had climbed over the little wall, it had come down. "That was us," {they} said. "So first we put it back." And there was so little time!
      1 Stone by stone they laid it up again, the flat side down, as it had been.

      When the last one lay in its place, they could see the ground properly for the first time. || "We could have done that afterwards," said {C}. "Afterwards one never does," said {N}, and washed {their} hands, and had a clear head.`,
  ],
  pictures: [
    `Before bed {N} went once round the house, alone, with the little lamp. The hens were in. The gate was shut: click. Nobody had reminded {them}. || {N} was lying in bed already. Then {they} got up again, and went downstairs. The cat's bowl was empty. Now it was full.`,
    `{N} hung the boots up, the left and the right, and washed the mud off the stairs, down to the last step. That one had not been {them}. {They} washed it too.`,
    `On the nail by the door there was a key, and under it stood a name. It was {N}'s. Since that day it has hung there each evening, on the stroke of eight.`,
    `In the morning, while it was still half dark, the pump could be heard in the yard. It was {N} with the watering can. {They} had said, "I'll do it, every day." It was a day.`,
  ],
};
