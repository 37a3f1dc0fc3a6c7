import { invalid, type Row } from './row.ts';

type TermRow = Pick<Row, 'case' | 'code' | 'reason' | 'fields'> & { term: string };

const termInvalid = { code: 'INVALID_ARGUMENT', reason: 'TERM_INVALID', fields: ['term'] } as const;
const termUnknown = { code: 'NOT_FOUND', reason: 'TERM_UNKNOWN' } as const;

/** Terms, and what becomes of them wherever a term is asked for. */
export const TERM_ROWS: readonly TermRow[] = [
  { case: 'an empty term', term: '', ...invalid('term') },
  { case: 'a term of 201 characters', term: 'a'.repeat(201), ...invalid('term') },
  { case: 'a term of 10,000 characters', term: 'river '.repeat(2000).slice(0, 10_000), ...invalid('term') },
  { case: 'a term of 10,000 wide characters', term: '河'.repeat(10_000), ...invalid('term') },
  { case: 'a term of 200 unknown characters', term: 'q'.repeat(200), ...termUnknown },
  { case: 'a term with a line feed', term: 'river\nbank', ...invalid('term') },
  { case: 'a term with U+0000', term: 'river\0', ...invalid('term') },
  { case: 'a term with an escape sequence', term: '\u001b[31mriver', ...invalid('term') },
  { case: 'a term with a C1 control character', term: 'river\u0085', ...invalid('term') },
  { case: 'a term of blanks', term: '   ', ...termInvalid },
  { case: 'a term of Unicode blanks', term: '\u00a0\u2003\u3000', ...termInvalid },
  { case: 'a term of punctuation', term: '?!…—', ...termInvalid },
  { case: 'a term of one dash', term: '-', ...termInvalid },
  { case: 'a term of pictures', term: '🎉🎉', ...termInvalid },
  { case: 'a term of 200 pictures', term: '🎉'.repeat(200), ...termInvalid },
  { case: 'a term without visible characters', term: '\u200b\u200d\ufeff', ...termInvalid },
  { case: 'a term in another script', term: '熵', ...termUnknown },
  { case: 'a term written from right to left', term: '\u202eאנטרופיה', ...termUnknown },
  { case: 'a term of combining marks without a letter', term: '\u0301\u0302', ...termInvalid },
  { case: 'a term that looks like a path', term: '../../etc/passwd', ...termUnknown },
  { case: 'a term that looks like SQL', term: "river'; drop table definitions; --", ...termUnknown },
  { case: 'a term that is a name of every object', term: 'hasOwnProperty', ...termUnknown },
  { case: 'a term that is a pattern', term: '(a+)+$', code: 'OK' },
  { case: 'an unknown term', term: 'xyzzyplugh', ...termUnknown },
];
