import { readFile } from 'node:fs/promises';

/**
 * The buf image: every proto of the mesh, with what it refers to (options, validation rules, google.rpc, health).
 * It feeds reflection and request validation.
 */
export function readImage(): Promise<Uint8Array> {
  return readFile(new URL('../image/exempla.binpb', import.meta.url));
}

/** `definitions/{id}` */
export const definitionName = (id: string): string => `definitions/${id}`;

/** `objects/{path}`; path segments are letters, digits, dot, dash and underscore. */
export const objectName = (path: string): string => `objects/${path}`;

/** `uploads/{upload}` */
export const uploadName = (id: string): string => `uploads/${id}`;

/** `children/{id}` */
export const childName = (id: string): string => `children/${id}`;

/** `heroes/{id}` */
export const heroName = (id: string): string => `heroes/${id}`;

/** `stories/{id}` */
export const storyName = (id: string): string => `stories/${id}`;

/** The last part of a name: the id in `children/{id}`. */
export const idIn = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** The id in `definitions/{id}`. */
export const definitionId = (name: string): string => name.slice('definitions/'.length);
