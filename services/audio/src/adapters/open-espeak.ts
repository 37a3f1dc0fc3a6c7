import type { Logger } from '@exempla/telemetry';
import { EspeakEngine } from './espeak-engine.ts';
import type { PlaceOptions } from './speaking-places.ts';

export interface EspeakSettings extends PlaceOptions {
  /** Empty: none. `auto`: the one on the search path, if there is one. Else its path. */
  readonly espeak: string;
  readonly searchPath: string;
}

/** eSpeak NG where it is turned on; rejects when it was named and does not answer. */
export async function openEspeak(settings: EspeakSettings, logger: Logger): Promise<EspeakEngine | undefined> {
  const { espeak, searchPath } = settings;
  if (espeak === '') return undefined;
  const program = espeak === 'auto' ? 'espeak-ng' : espeak;
  try {
    return await EspeakEngine.start({ program, path: searchPath }, settings);
  } catch (error) {
    if (espeak !== 'auto' || !isMissing(error))
      throw new Error(`EXEMPLA_AUDIO_ESPEAK is "${espeak}", and ${program} --voices failed`, { cause: error });
    logger.info({ event: 'speech-engine', engine: program }, 'there is no espeak-ng on the PATH');
    return undefined;
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
