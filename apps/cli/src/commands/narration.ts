import { extname } from 'node:path';
import type { Narration } from '@exempla/contracts/orchestrator/v1/answer_parts';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { type SavedSound, saveSound, soundIn } from '../speech/save-sound.ts';
import { labelled, MAX_TEXT_WIDTH, plain } from '../terminal/labelled.ts';
import type { Style } from '../terminal/style.ts';
import { bytes, harmless, wrap } from '../terminal/text.ts';
import type { DegradedPart } from '@exempla/contracts/orchestrator/v1/answer_parts';
import type { Session } from './session.ts';

/** Fetches a stored narration into a file. */
export async function download(object: string, file: string, { peers }: Session): Promise<SavedSound> {
  const storage = await peers.client('storage', ObjectServiceDefinition);
  return saveSound(soundIn(storage.downloadObject({ name: object }, peers.call())), file);
}

/** Tells what was made, with the file of its sound; also when that could not be saved, which is thrown after. */
export async function tellWith(
  saving: Promise<SavedSound> | undefined,
  tell: (saved: SavedSound | undefined) => void,
): Promise<void> {
  let saved: SavedSound | undefined;
  try {
    saved = await saving;
  } finally {
    tell(saved);
  }
}

/** A name for the file of a story's narration, of its type. */
export const fileOf = (object: string): string => `story${extname(object)}`;

/** Where it can be heard: the file it was saved to, or else how it is fetched. */
export function narrationRows(
  narration: Narration | undefined,
  where: { saved: SavedSound | undefined; fetch: string },
  { width, style }: { width: number; style: Style },
): string[] {
  if (!narration) return [];
  const rows = labelled(Math.min(MAX_TEXT_WIDTH, width - 3));
  const facts = `${toldFor(narration)}voice ${harmless(narration.voice)}, ${bytes(Number(narration.sizeBytes))}`;
  const [text, look] = where.saved ? [where.saved.file, style.strong] : [where.fetch, style.quiet];
  // A command or a path that is cut is of no use.
  const file = text === '' ? [] : wrap(text, rows.width).map((line) => ({ text: line, style: look }));
  return rows('spoken', [...file, ...plain([facts])]);
}

function toldFor({ duration }: Narration): string {
  return duration ? secondsOf({ seconds: Number(duration.seconds) + duration.nanos / 1e9 }) : '';
}

/** `20.0 s, `, or nothing where it is not known. */
export const secondsOf = ({ seconds }: { seconds: number | undefined }): string =>
  seconds === undefined ? '' : `${seconds.toFixed(1)} s, `;

/** What is missing, and why. */
export function missingRows(degraded: readonly DegradedPart[], width: number, style: Style): string[] {
  const rows = labelled(Math.min(MAX_TEXT_WIDTH, width - 3));
  return degraded.flatMap(({ step, reason, message }) =>
    rows(
      'missing',
      wrap(`${step}: ${message} (${reason})`, rows.width).map((text) => ({ text, style: style.warn })),
    ),
  );
}
