import { languageUnsupported, type Judge, type StoryWriter } from '../stories/index.ts';

/** Where no writer is enabled: every language is one that nobody writes. */
export const NO_WRITER: StoryWriter = {
  model: 'none',
  writes: () => false,
  write: ({ language }) => Promise.reject(languageUnsupported(language)),
};

export const NO_JUDGE: Judge = () => ({ total: 0, criteria: [] });
