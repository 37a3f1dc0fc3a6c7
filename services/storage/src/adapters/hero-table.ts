import type { HeroContent, HeroFilter } from '../heroes/index.ts';
import { fold } from '../records/index.ts';
import type { RecordTable } from './record-table.ts';

interface HeroRow {
  display_name: string;
  gender: string;
  appearance: string;
  traits: string[];
  interests: string[];
  strengths: string[];
  language: string;
}

export const HEROES: RecordTable<HeroContent, HeroFilter> = {
  name: 'storage.heroes',
  columns: ['display_name', 'gender', 'appearance', 'traits', 'interests', 'strengths', 'language'],
  toColumns: ({ displayName, gender, appearance, traits, interests, strengths, language }) => ({
    display_name: displayName,
    gender,
    appearance,
    traits,
    interests,
    strengths,
    language,
    language_key: fold(language),
  }),
  toContent: ({ display_name: displayName, gender, appearance, traits, interests, strengths, language }: HeroRow) => ({
    displayName,
    gender,
    appearance,
    traits,
    interests,
    strengths,
    language,
  }),
  toFilter: ({ languageKey }) => ({ language_key: languageKey }),
};
