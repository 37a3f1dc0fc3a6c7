const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** The full stop after them never ends a sentence: more of the same sentence follows, mostly a name. */
export const NEVER_LAST = words(
  'mr mrs ms mx dr prof rev hon st mt capt cmdr lt sgt cpl pvt gov supt insp messrs ' +
    'e.g i.e eg ie cf viz vs approx incl excl esp al op cit u.s u.k u.n e.u d.c',
);

/** The full stop after them belongs to them when a number follows ("No. 5"); else the word is an ordinary one. */
export const BEFORE_NUMBER = words(
  'no nos nr fig figs eq eqs sec secs ch chap art arts par para vol vols p pp pt ref ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec c ca v',
);

/** May stand last in a sentence: the full stop ends it only when a capital letter follows. */
export const MAYBE_LAST = words('etc inc ltd co corp llc plc bros jr esq ph.d m.d b.a m.a a.m p.m a.d b.c b.c.e c.e');
