import type { IncomingMessage } from 'node:http';
import { DownloadError } from './download-error.ts';

/** What is taken of an answer. */
export interface Terms {
  /** MIME types, such as `image/png`. */
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
  /** Whether the file is what its type says, by its first 64 bytes or all it has; anything goes when absent. */
  readonly looksRight?: (head: Buffer) => boolean;
}

const HEAD_BYTES = 64;

/** Throws unless the head of an answer promises what is wanted; returns its MIME type. */
export function checkHead({ statusCode = 0, headers }: IncomingMessage, terms: Terms): string {
  if (statusCode !== 200) {
    const metadata = { status: String(statusCode) };
    throw new DownloadError('DOWNLOAD_STATUS', `the download was answered with ${statusCode}`, { metadata });
  }
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!terms.contentTypes.includes(type)) throw ofOtherKind(`is of type "${type}"`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw ofOtherKind(`is compressed with "${encoding}", which was not asked for`);
  if (Number(headers['content-length'] ?? 0) > terms.maxBytes) throw tooLarge(terms.maxBytes);
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    throw new DownloadError('DOWNLOAD_INCOMPLETE', 'the download does not say where it ends');
  }
  return type;
}

/** The bytes of an answer, of which none is passed on before the beginning looked right. Leaving closes the socket. */
export async function* checkedBytes(answer: IncomingMessage, terms: Terms): AsyncGenerator<Buffer, void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of received(answer)) {
    bytes += chunk.length;
    if (bytes > terms.maxBytes) throw tooLarge(terms.maxBytes);
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    yield rightHead(head, terms);
    head = undefined;
  }
  if (bytes === 0) throw ofOtherKind('is empty');
  if (head) yield rightHead(head, terms);
}

async function* received(answer: IncomingMessage): AsyncGenerator<Buffer, void> {
  try {
    yield* answer as AsyncIterable<Buffer>;
  } catch (error) {
    throw new DownloadError('DOWNLOAD_INCOMPLETE', 'the download broke off', { cause: error });
  }
}

function rightHead(head: Buffer, { looksRight }: Terms): Buffer {
  if (looksRight && !looksRight(head.subarray(0, HEAD_BYTES))) throw ofOtherKind('does not begin as its type does');
  return head;
}

const ofOtherKind = (what: string): DownloadError =>
  new DownloadError('DOWNLOAD_OF_OTHER_KIND', `the download ${what}`);
const tooLarge = (maxBytes: number): DownloadError =>
  new DownloadError('DOWNLOAD_TOO_LARGE', `the download has more than ${maxBytes} bytes`);
