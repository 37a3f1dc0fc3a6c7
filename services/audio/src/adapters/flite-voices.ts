import type { Voice } from '../speech/index.ts';

const voice = (name: string, language: string, sampleRateHz: number, description: string): Voice => ({
  name,
  engine: 'flite',
  languages: [language],
  sampleRateHz,
  description,
  formats: ['wav'],
});

/** The voices built into flite.wasm. */
export const FLITE_VOICES: readonly Voice[] = [
  voice('slt', 'en-US', 16_000, 'American woman, clear'),
  voice('rms', 'en-US', 16_000, 'American man, calm'),
  voice('awb', 'en-GB', 16_000, 'Scottish man'),
  voice('kal16', 'en-US', 16_000, 'American man, robotic, quick to make'),
  voice('kal', 'en-US', 8_000, 'American man, robotic, telephone quality'),
];
