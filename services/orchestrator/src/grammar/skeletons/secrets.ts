import type { Skeleton } from './skeleton.ts';

export const guardian: Skeleton = {
  id: 'guardian',
  titles: ['{N} and {t:guardian}', 'The One Who Let Nobody By', 'What {t:guardian} Wanted', '{N} Sits Down'],
  obstacles: ['sad'],
  slots: { who: 'guardian' },
  small: {
    want: `The great drum was at {goal}, but nobody got by {guardian}. "I'll ask nicely," said {N}.`,
    outcome: `"Nobody ever asked," said {guardian}, and carried the drum down with them.`,
  },
  want: `For {feast} you need the great drum, and it was kept at {goal}. || Up at {goal} hung the great drum, and without it {feast} could not begin.
    But nobody got by {guardian}. || But the way there belonged to {guardian}.

    0y "I'll ask nicely," said {N}. || "I shall just go and ask," said {N}.
    0k Nine people had tried it, and nine had come home without a hat. "Then I'll be the tenth," said {N}, and held on to {their} hat. || "Send the strongest," said some, and "Send the cleverest," said others. While they were arguing, {N} set off.
    0o For thirty years they had paid a toll, and hated it, and never asked what it was for. {N} wanted to know. || The young men wanted to go up with poles and torches. {N} asked for one day. "Only one," they said.

    1 "What will you say?" asked {C}.
    1 "Good day," said {N}. "And then we shall see."
    2 It is not much of a plan. But most great things have begun that way.`,
  reminders: [
    'Now and then the ground trembled a little. “That was a sigh,” said {N}. “Something large is sighing.”',
    'They met a man without a hat, hurrying home with one hand on top of a cold head.',
    '“Good day,” {N} practised, under {their} breath. “Good day. Good day.” It sounded different each time.',
    'No drum was to be heard. It was hanging somewhere up there in the dark, and waiting as well.',
  ],
  outcome: `"Nobody ever asked," said {guardian}. "They only wanted to get by." And the way was free. || {Guardian} moved over. There had been room for two all the time.
    1 Then three of them took hold of the drum, and it went down as easily as a feather bed.`,
  atHome: `Down in {land} they hung up the drum. {Guardian} beat it, once, very gently.
    2 You heard it in the soles of your feet. All {folk} came out and looked, and nobody ran.

    3 "It's just like a heart," said {N}. "Yes," said {guardian}. "That's why I looked after it."`,
  wish: 'get past {guardian} and fetch the drum for {feast}',
};

export const ownMistake: Skeleton = {
  id: 'own-mistake',
  titles: [
    'Who Touched {t:part}?',
    '{N} Makes It Good',
    'The Thing That Was Only Borrowed',
    '{N}, {t:elder} and a Small Mistake',
  ],
  obstacles: ['lost'],
  slots: { thing: 'part' },
  arrival: `They had looked all the way to {goal}, and {thing} was nowhere. || {N} went over every step as far as {goal}. There was no sign of {thing}.
    1 "It can't have walked off," said {C}. "Or can it?"
    2 Where it had been in the pocket, {N} could still feel how light it was now.`,
  small: {
    want: `{Part} was borrowed, and there was a hole in {N}'s pocket. "I'll find it," said {N}.`,
    outcome: `{Elder} fetched a needle and mended the hole in the pocket.`,
  },
  want: `{N} had borrowed something from {elder}: {part}. || "Only until noon," {elder} had said, and had lent {N} {part}.
    1 {partLook}
    Now {their} pocket was empty, and there was a hole in it. || {N} put {their} hand in {their} pocket, and {their} fingers came out at the bottom.

    0y "I lost it," said {N} in a small voice. "I'll find it again." || {N}'s tummy felt quite cold. "I'll look for it," {they} said, "until I find it."
    0k Without it, tomorrow would be a day without {wonder}. "I'll go back the whole way," said {N}, "as far as {goal}." || There was just one of it in the whole world. And {they} had run and jumped all the way from {goal}! So all the way back it was.
    0o {Elder} had trusted {them} with it when no one else would. That weighed more than the thing itself. {N} turned round and went back towards {goal}. || It would be found out by evening. You could stay silent till then, or you could go. {N} went, all the way back to {goal}.

    2 "Perhaps nobody will notice," said {C}.
    2 "I have noticed," said {N}.`,
  reminders: [
    '{N} felt in {their} pocket again, as if it could have come back by itself. There was only the hole.',
    'They looked at every step they had taken. You see a great deal that way, only never what you are looking for.',
    '“What does it look like, once more?” asked {C}. {N} told it all again, and it had grown a little since the last time.',
    '{N} thought of how {elder} had said, “Take good care of it.” It had been said so kindly.',
  ],
  outcome: `{N} did not put it back into the pocket. It went home in a closed hand. || {N} did not trust any pocket with it now, and held it, and did not let go once.`,
  atHome: `{N} gave {part} back to {elder}, and told everything, also about the hole. || {Elder} listened to it all, from the borrowing to the finding.
    1 "Four times," came the answer, "I've lost it four times myself!" || "I once lost it for a whole winter," came the answer, "and it was in my hat."
    1 And with it came such a laugh that {N}'s shoulders went down again, all by themselves.

    2 Then they sat next to each other, with a needle and thread, and sewed up the hole. It took a while, for they did it well.
    3 "Next time," said {elder}, "you may have it until evening."`,
  wish: 'find {part}, which was only borrowed',
};

export const secretDoor: Skeleton = {
  id: 'secret-door',
  titles: ['What Was Behind {t:door}', '{N} and {t:door}', 'The Note in the Old Coat', 'The Riddle of {t:goal}'],
  obstacles: ['shut'],
  slots: {},
  small: {
    want: `{N} found a note: "Something is waiting for you behind {door}."`,
    outcome: `Behind it lay a letter, and on it stood one name: {N}.`,
  },
  want: `In the lining of an old coat {N} found a note. || Out of the old kettle, when {N} lifted it, there fell a note.
    "What {land} has forgotten is behind {door}," it said. || It said: "At {goal}, behind {door}, something is waiting for you."

    0y "For me?" said {N}, and held it upside down, and right way up. "Come on!" || "I want to see it," said {N}, and was already at the gate.
    0k {Elder} read it twice, and grew pale. "My grandmother wrote that." By then {N} had {their} boots on. || No one had been there for a hundred years, and no one knew why. {N} could not think of a single reason not to go.
    0o It had been written in the year when the great quarrel was, of which no one will speak. {N} put the note into {their} shoe and told only {C}. || Some things are forgotten by accident, and others on purpose. {N} wished to know which this was.

    1 The ink was brown, and in one corner there was the print of a thumb.
    2 "It could be a treasure," said {C}. "Or it could be a bear."
    3 "Then we'll have a bear that can write," said {N}.`,
  reminders: [
    '{N} took out the note once more. It had not changed, but it seemed a bit warmer.',
    '“Who waits for a hundred years?” asked {C}. “Somebody polite,” said {N}.',
    'The thumbprint on the note was just as large as {N}’s own thumb. {They} did not know what to think of it.',
    'They guessed what it could be: a cake (but after a hundred years?), a king, a staircase into the sea.',
  ],
  outcome: `Behind it lay a small round room, with a table, and on the table a pile of letters. || It was a room full of boxes, and in each box lay a letter from long ago.
    - "For whoever comes after us," it said at the top. || They were for whoever came next, and each began with "Thank you".
    1y The last sheet was empty, and beside it lay a pencil. {N} thought for a long while, and then drew a sun, and {C}.
    1m One sheet was empty, and beside it lay a pencil. {N} took it up, and thought for a long while, and wrote one line.

    3 What stood there {they} told nobody but {C}. But since then there is a path up there again, and it is never overgrown.`,
  wish: 'find out what is behind {door}',
};
