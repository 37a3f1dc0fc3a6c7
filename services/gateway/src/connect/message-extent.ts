import { AsyncLocalStorage } from 'node:async_hooks';
import type { DescMessage } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import type { Compression } from '@connectrpc/connect/protocol';
import { DEFAULT_MAX_REQUEST_FIELDS, RequestExtent } from '@exempla/rpc';

/** The services check rules; here messages are only read. */
const EXTENT = new RequestExtent(DEFAULT_MAX_REQUEST_FIELDS, () => false);
const BRACE = '{'.charCodeAt(0);
/** No message of ours begins so in binary: it would be a group. */
const BEGINS_AS_JSON = /^\s*\{/;

const receiving = new AsyncLocalStorage<DescMessage>();

/** Does what there is to do for a request of this type; messages that come compressed meanwhile are looked at as such. */
export const receiveAs = <T>(type: DescMessage, work: () => Promise<T>): Promise<T> => receiving.run(type, work);

/**
 * Refuses a message that would take long to read: four kilobytes unpack to more than a million messages inside, which is a
 * second's work before a service is asked whether it wants them. What is not compressed is as long as what was sent.
 */
export const withExtent = (compression: Compression): Compression => ({
  ...compression,
  decompress: async (bytes, readMaxBytes) => {
    const message = await compression.decompress(bytes, readMaxBytes);
    if (isTooMuch(message))
      throw new ConnectError('the request has too many fields and items: send it in several', Code.InvalidArgument);
    return message;
  },
});

function isTooMuch(message: Uint8Array): boolean {
  if (BEGINS_AS_JSON.test(Buffer.from(message.subarray(0, 100)).toString('latin1'))) return hasTooManyObjects(message);
  const type = receiving.getStore();
  try {
    return type !== undefined && !EXTENT.holds(type, message);
  } catch {
    // Who reads it says what is wrong with it.
    return false;
  }
}

function hasTooManyObjects(json: Uint8Array): boolean {
  let objects = 0;
  for (let at = json.indexOf(BRACE); at >= 0 && objects <= DEFAULT_MAX_REQUEST_FIELDS; at = json.indexOf(BRACE, at + 1))
    objects += 1;
  return objects > DEFAULT_MAX_REQUEST_FIELDS;
}
