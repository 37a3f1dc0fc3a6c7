import type { DefinitionArchive, Narrator } from './ports.ts';

/** Removes a definition with its history, and then its narration. */
export async function deleteDefinition(
  target: { name: string; etag: string },
  { archive, narrator }: { archive: DefinitionArchive; narrator: Narrator },
): Promise<void> {
  const { narration } = await archive.get(target.name);
  await archive.delete(target.name, target.etag);
  if (narration) await narrator.discard(narration);
}
