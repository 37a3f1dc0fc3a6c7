import { describe, expect, it } from '@jest/globals';
import { espeakVoices } from '../../src/adapters/espeak-voices.ts';

const LIST = `Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 5  en-gb-scotland  --/M      English_(Scotland) gmw/en-GB-scotland   (en 4)
 5  en-us-nyc       --/M      English_(America,_New_York_City) gmw/en-US-nyc
 5  fr-be           --/M      French_(Belgium)   roa/fr-BE            (fr 8)
 5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
 5  ko              --/M      Korean             ko
 5  nb              --/M      Norwegian_Bokmål  gmq/nb               (no 5)
 5  yue             --/M      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)
 5  yue             --/M      Chinese_(Cantonese,_latin_as_Jyutping) sit/yue-Latn-jyutping (zh-yue 5)(zh 8)

not a line of it
`;

describe('the voices that espeak-ng lists', () => {
  const voices = espeakVoices(LIST);
  const named = (name: string) => voices.find((voice) => voice.name === name);

  it('are named after their language', () => {
    expect(named('espeak-ko')).toEqual({
      name: 'espeak-ko',
      engine: 'espeak-ng',
      languages: ['ko'],
      sampleRateHz: 22_050,
      description: 'Korean, synthetic',
      formats: ['wav'],
    });
  });

  it('speak what is listed beside it, as BCP 47 writes it', () => {
    expect(named('espeak-en-gb')?.languages).toEqual(['en-GB', 'en']);
    expect(named('espeak-nb')?.languages).toEqual(['nb', 'no']);
    expect(named('espeak-cmn')?.languages).toContain('zh');
  });

  it('come in the order their authors prefer for a language', () => {
    const names = voices.map(({ name }) => name);
    expect(names.indexOf('espeak-fr-fr')).toBeLessThan(names.indexOf('espeak-fr-be'));
    expect(names.indexOf('espeak-en-gb')).toBe(0);
  });

  it('are there once each, and only those whose language has a tag', () => {
    expect(voices.map(({ name }) => name).filter((name) => name === 'espeak-yue')).toHaveLength(1);
    expect(named('espeak-yue')?.description).toBe('Chinese (Cantonese), synthetic');
    expect(named('espeak-en-us-nyc')).toBeUndefined();
    expect(voices).toHaveLength(8);
  });
});
