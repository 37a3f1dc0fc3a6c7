import { expect, it } from '@jest/globals';
import { listVoices, SpeechError, type VoicePage } from '../src/speech/index.ts';
import { voice } from './beeping-engine.ts';

const all = Array.from({ length: 250 }, (_, i) => voice(`v${String(i).padStart(3, '0')}`, i % 2 ? 'en-US' : 'nl'));
const page = (pageSize: number, pageToken = '', language = ''): VoicePage =>
  listVoices(all, { pageSize, pageToken, language });
const reasonOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof SpeechError) return error.reason;
  }
  return 'none';
};

it.each([
  [0, 50],
  [7, 7],
  [200, 200],
  [999, 200],
])('page size %i gives %i', (asked, given) => {
  expect(page(asked).voices.length).toBe(given);
});

it('the pages together are the list, once each', () => {
  const seen: string[] = [];
  for (let token: string | undefined = ''; token !== undefined;) {
    const { voices, nextPageToken }: VoicePage = page(70, token, 'en');
    seen.push(...voices.map(({ name }) => name));
    token = nextPageToken === '' ? undefined : nextPageToken;
  }
  expect(seen).toEqual(all.filter((_, i) => i % 2 === 1).map(({ name }) => name));
});

it('a full last page is the last', () => {
  expect(listVoices(all.slice(0, 50), { pageSize: 50, pageToken: '', language: '' }).nextPageToken).toBe('');
});

it('a language nobody speaks has no voices', () => {
  expect(page(0, '', 'fr')).toEqual({ voices: [], nextPageToken: '' });
});

it('tokens that are made up, changed or of another list are refused', () => {
  const token = page(10).nextPageToken;
  const english = page(10, '', 'en').nextPageToken;
  expect(reasonOf(() => page(10, token))).toBe('none');
  for (const forged of [
    'forged',
    `${token}A`,
    `A${token}`,
    '!!!',
    'djAxMA',
    english,
    Buffer.from('v010').toString('base64url'),
  ]) {
    expect([forged, reasonOf(() => page(10, forged))]).toEqual([forged, 'PAGE_TOKEN_INVALID']);
  }
});
