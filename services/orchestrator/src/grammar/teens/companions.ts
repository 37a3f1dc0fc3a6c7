import type { Companion } from '../companions.ts';

/** Who goes along with somebody nearly grown: people with a trade. Never called he or she, as all companions. */
export const companionsOfTeens: readonly Companion[] = [
  {
    name: 'Ash',
    kind: 'mapmaker',
    ways: 'Ash drew maps of places that were still there, and threw them away when they no longer were.',
    habits: ['Ash unfolded a map, turned it, and folded it up again.', 'Ash counted the paces without moving a lip.'],
    grumble: 'It is further than it is drawn',
    cheer: 'I shall have to draw that one again',
  },
  {
    name: 'Sorrel',
    kind: 'beekeeper',
    ways: 'Sorrel moved slowly, from years of not being stung.',
    habits: [
      'Sorrel stood still until the wind had made up its mind.',
      'Sorrel looked at the sky as other people look at a clock.',
    ],
    grumble: 'I have been stung for less',
    cheer: 'Smoke and patience, as I always say',
  },
  {
    name: 'Corin',
    kind: 'courier',
    ways: 'Corin had carried four thousand letters and read none of them, or so it was said.',
    habits: [
      'Corin tightened a strap that was tight already.',
      'Corin walked on the outside of every bend, out of habit.',
    ],
    grumble: 'They never paid enough for this road',
    cheer: 'Delivered, then',
  },
  {
    name: 'Teal',
    kind: 'night watch',
    ways: 'Teal had slept by day for six years, and found the sun exaggerated.',
    habits: [
      'Teal looked over one shoulder, and then over the other.',
      'Teal noted the hour under one breath, and that all was well.',
    ],
    grumble: 'Nothing good has ever come of a short cut',
    cheer: 'All quiet, and about time',
  },
  {
    name: 'Hollis',
    kind: 'clockmaker',
    ways: 'Hollis mended clocks, and was late for everything.',
    habits: ['Hollis wound something in one pocket.', 'Hollis put an ear to a gatepost, and seemed satisfied.'],
    grumble: 'There is a wheel missing in this plan',
    cheer: 'It goes. It actually goes',
  },
  {
    name: 'Rook',
    kind: 'apprentice',
    ways: 'Rook was apprenticed to nobody in particular, and had learned a little from all of them.',
    habits: ['Rook whittled at a stick that was getting shorter.', 'Rook hummed the same four bars again.'],
    grumble: 'I want it noted that I had doubts',
    cheer: 'I take back two of my doubts',
  },
  {
    name: 'Bex',
    kind: 'bell founder',
    ways: 'Bex could tell you the note of any railing by running a stick along it.',
    habits: [
      'Bex tapped the next post, and nodded.',
      'Bex walked with both hands behind the back, like somebody three times as old.',
    ],
    grumble: 'That is a crack, and I know cracks',
    cheer: 'Hear how that rings',
  },
];
