import { blankIn, blankOf, type RecordKind, type RecordOf, type Repository } from '../records/index.ts';

export interface HeroContent {
  readonly displayName: string;
  readonly gender: string;
  readonly appearance: string;
  readonly traits: readonly string[];
  readonly interests: readonly string[];
  readonly strengths: readonly string[];
  readonly language: string;
}

export type Hero = RecordOf<HeroContent>;

export interface HeroFilter {
  /** Folded. */
  readonly languageKey: string | undefined;
}

export type HeroRepository = Repository<HeroContent, HeroFilter>;

export const HERO: RecordKind<HeroContent> = {
  collection: 'heroes',
  message: 'hero',
  notFound: 'HERO_NOT_FOUND',
  changeable: {
    display_name: 'displayName',
    gender: 'gender',
    appearance: 'appearance',
    traits: 'traits',
    interests: 'interests',
    strengths: 'strengths',
    language: 'language',
  },
  check: ({ displayName, language, traits, interests, strengths }) =>
    blankOf({ display_name: displayName, language }) ?? blankIn({ traits, interests, strengths }),
};
