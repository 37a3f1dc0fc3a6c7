import { objectsFull } from '../objects/index.ts';

/** No space, or none left of a quota. */
const FULL = ['ENOSPC', 'EDQUOT'];

/** What was done on the disk of objects; a full disk is reported as such. */
export async function withRoom<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw FULL.includes((error as { code?: string }).code ?? '') ? objectsFull(error) : error;
  }
}
