import { Metadata } from '@grpc/grpc-js';

/** Text, in ASCII that can be printed; for names ending in `-bin` bytes. */
export type MetadataValue = string | Buffer;

/** Carries the request id between services; the id of the trace when absent. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Metadata as whoever gets it may read it; names are lower case. */
export interface ReadonlyMetadata {
  get(name: string): MetadataValue[];
}

/** What HTTP/2 and gRPC say in headers themselves. */
const RESERVED =
  /^(?:grpc-|:|(?:connection|content-length|content-type|host|http2-settings|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$)/i;
/** What node:http2 sends once or not at all: a second value would fail where nobody can be told. */
const SINGLE =
  /^(?:access-control-(?:allow-credentials|max-age|request-method)|age|authorization|content-(?:encoding|language|location|md5|range)|date|dnt|etag|expires|from|if-(?:match|modified-since|none-match|range|unmodified-since)|last-modified|location|max-forwards|proxy-authorization|range|referer|retry-after|tk|upgrade-insecure-requests|user-agent|x-content-type-options)$/i;
/** Together with what gRPC adds, peers take 8 KiB of headers; more can end a connection with all its calls. */
const MAX_BYTES = 4 << 10;

/**
 * Adds a value, after those the name has already. Throws when the name belongs to gRPC or is none, when the value does not
 * fit the name, or when all together are more than 4 KiB.
 */
export function addMetadata(metadata: Metadata, name: string, value: MetadataValue): void {
  if (RESERVED.test(name)) throw new Error(`metadata ${JSON.stringify(name)} is reserved for gRPC itself`);
  if (SINGLE.test(name) && metadata.get(name).length > 0)
    throw new Error(`metadata ${JSON.stringify(name)} has one value at most`);
  // What is too much or of the wrong kind must not stay behind when this throws.
  const more = new Metadata();
  more.add(name, value);
  const bytes = sizeOf(metadata) + sizeOf(more);
  if (bytes > MAX_BYTES)
    throw new Error(`metadata ${JSON.stringify(name)}: ${bytes} bytes in all, of at most ${MAX_BYTES}`);
  metadata.merge(more);
}

/** As HTTP/2 counts: bytes go as base64, and every entry costs 32 more (RFC 9113, section 6.5.2). */
function sizeOf(metadata: Metadata): number {
  let bytes = 0;
  for (const [name, values] of Object.entries(metadata.toJSON()))
    for (const value of values)
      bytes += name.length + 32 + (typeof value === 'string' ? value.length : Math.ceil((value.length * 4) / 3));
  return bytes;
}
