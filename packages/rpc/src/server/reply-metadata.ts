import { Metadata } from '@grpc/grpc-js';
import { addMetadata, type MetadataValue } from '../metadata.ts';

/** What a handler sends beside its replies. */
export interface Reply {
  /** Adds to the metadata in front of the replies. Throws when that has been sent: with the first reply, or `sendHeaders`. */
  header(name: string, value: MetadataValue): void;
  /** Adds to the metadata behind the replies, which also goes out with an error. Throws when the call has ended. */
  trailer(name: string, value: MetadataValue): void;
  /** Sends the metadata in front of the replies now, for a caller who waits for it before a first reply. */
  sendHeaders(): void;
}

/** The metadata of an answer, kept until it is sent; made when a handler asks for it. */
export class ReplyMetadata implements Reply {
  readonly #send: (headers: Metadata) => void;
  readonly #headers = new Metadata();
  readonly #trailers = new Metadata();
  #headersSent = false;
  #ended = false;

  constructor(send: (headers: Metadata) => void) {
    this.#send = send;
  }

  header(name: string, value: MetadataValue): void {
    if (this.#headersSent) throw new Error(`header ${name}: headers have been sent, they go before the first reply`);
    addMetadata(this.#headers, name, value);
  }

  trailer(name: string, value: MetadataValue): void {
    if (this.#ended) throw new Error(`trailer ${name}: the call has ended`);
    addMetadata(this.#trailers, name, value);
  }

  sendHeaders(): void {
    if (this.#headersSent) return;
    this.#headersSent = true;
    this.#send(this.#headers);
  }

  /** Sends what has to go first, and gives what goes last. */
  end(): Metadata {
    // A call that fails before its first reply has no headers of its own unless it set some.
    if (Object.keys(this.#headers.toJSON()).length > 0) this.sendHeaders();
    this.#headersSent = true;
    this.#ended = true;
    return this.#trailers;
  }
}
