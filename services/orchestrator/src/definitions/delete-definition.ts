import { discardNarrations, type Narrator } from '../parts/index.ts';
import type { DefinitionArchive } from './ports.ts';

/** Removes a definition with its history, and then its narration, also one that was never named in it. */
export async function deleteDefinition(
  target: { name: string; etag: string },
  { archive, narrator }: { archive: DefinitionArchive; narrator: Narrator },
): Promise<void> {
  const { narration } = await archive.get(target.name);
  await archive.delete(target.name, target.etag);
  await discardNarrations(narrator, target.name, narration);
}
