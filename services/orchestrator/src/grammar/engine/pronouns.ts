import type { Gender } from '../brief.ts';
import type { Slots } from './template.ts';

const FORMS: Readonly<Record<Gender, Slots>> = {
  female: { they: 'she', them: 'her', their: 'her', theirs: 'hers', themself: 'herself', was: 'was', has: 'has' },
  male: { they: 'he', them: 'him', their: 'his', theirs: 'his', themself: 'himself', was: 'was', has: 'has' },
  other: {
    they: 'they',
    them: 'them',
    their: 'their',
    theirs: 'theirs',
    themself: 'themself',
    was: 'were',
    has: 'have',
  },
};

/** The pronouns of the one the story follows, and the verbs that agree with them: `{they} {was}`. */
export const pronounSlots = (gender: Gender): Slots => FORMS[gender];
