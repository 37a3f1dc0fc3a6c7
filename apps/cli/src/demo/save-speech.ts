import { mkdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { Narration } from '@exempla/contracts/orchestrator/v1/answer_parts';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { createClient, openChannel } from '@exempla/rpc/client';
import { notWritable } from '../problems.ts';
import { saveSound, soundIn } from '../speech/save-sound.ts';
import type { AudioReport } from './report.ts';

export const OUTPUT_FOLDER = 'demo-output';

/** A file name that every system takes, for the sound of `object`. */
export function fileNameOf(term: string, object: string): string {
  const words =
    term
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.join('-').slice(0, 60) || 'term'}${extname(object)}`;
}

/** Downloads the narration from storage into a file that is there in whole or not at all. */
export async function saveSpeech(
  term: string,
  narration: Narration,
  storage: string,
  signal: AbortSignal,
): Promise<AudioReport> {
  const channel = openChannel(storage);
  try {
    const parts = createClient(ObjectServiceDefinition, channel).downloadObject({ name: narration.object }, { signal });
    const { file, bytes, seconds } = await saveSound(
      soundIn(parts),
      join(OUTPUT_FOLDER, fileNameOf(term, narration.object)),
    );
    const { object, voice, text, duration } = narration;
    const told = duration && Number(duration.seconds) + duration.nanos / 1e9;
    return { object, file, bytes, seconds: Math.round((seconds ?? told ?? 0) * 100) / 100, voice, text };
  } finally {
    channel.close();
  }
}

/** Before there is anything to save: who cannot keep it need not wait for it. */
export async function makeOutputFolder(): Promise<void> {
  try {
    await mkdir(OUTPUT_FOLDER, { recursive: true });
  } catch (error) {
    throw notWritable(resolve(OUTPUT_FOLDER), error);
  }
}
