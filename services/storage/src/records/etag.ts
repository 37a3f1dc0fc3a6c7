import { randomBytes } from 'node:crypto';

/** Random, so that a record made again under the same id never shows an etag of the one before. */
export const newEtag = (): string => randomBytes(12).toString('base64url');
