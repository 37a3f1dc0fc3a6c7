import { status, type ServiceError } from '@grpc/grpc-js';
import { decodeDetails, type StatusDetails } from './rich-status.ts';

/** What a peer answered instead of a reply. */
export class RemoteError extends Error {
  readonly code: status;
  /** `package.Service/Method` that was called. */
  readonly method: string;
  /** The reason the peer gave; empty when the status has no details. */
  readonly reason: string;
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly details: Partial<StatusDetails>;

  constructor(method: string, code: status, message: string, details: Partial<StatusDetails> = {}) {
    super(message);
    this.name = 'RemoteError';
    this.method = method;
    this.code = code;
    this.reason = details.reason ?? '';
    this.domain = details.domain ?? '';
    this.metadata = details.metadata ?? {};
    this.details = details;
  }

  static from(method: string, error: ServiceError): RemoteError {
    // A peer may send any text as its status, and grpc-js hands on what becomes of it as a number.
    const code = status[error.code] === undefined ? status.UNKNOWN : error.code;
    return new RemoteError(method, code, error.details, decodeDetails(error.metadata));
  }
}
