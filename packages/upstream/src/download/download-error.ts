import { status, StatusError } from '@exempla/rpc';

type Options = Omit<NonNullable<ConstructorParameters<typeof StatusError>[3]>, 'domain'>;

/** Namespace of the reasons below. */
export const DOWNLOAD_DOMAIN = 'download.exempla';

/** Every situation a caller is told of, and its status. */
export const DOWNLOAD_REASONS = {
  /** Not http or https, with a user or password in it, or from https back to http. */
  DOWNLOAD_URL_REFUSED: status.FAILED_PRECONDITION,
  /** It leads to an address that is not of the public Internet. */
  DOWNLOAD_ADDRESS_REFUSED: status.FAILED_PRECONDITION,
  /** Answered with another status than 200; `metadata.status` says which. */
  DOWNLOAD_STATUS: status.UNAVAILABLE,
  DOWNLOAD_TOO_MANY_REDIRECTS: status.UNAVAILABLE,
  /** More bytes than are taken, declared or sent. */
  DOWNLOAD_TOO_LARGE: status.FAILED_PRECONDITION,
  /** Empty, compressed, of a type that was not asked for, or bytes that do not begin as that type does. */
  DOWNLOAD_OF_OTHER_KIND: status.FAILED_PRECONDITION,
  /** It broke off, or cannot be told from one that did. */
  DOWNLOAD_INCOMPLETE: status.UNAVAILABLE,
  /** No answer: no such host, no connection, or not HTTP. */
  DOWNLOAD_FAILED: status.UNAVAILABLE,
  /** Not there in whole within the time of a download; the call itself has time left. */
  DOWNLOAD_TIMEOUT: status.DEADLINE_EXCEEDED,
  /** Used after it was disposed of. */
  DOWNLOAD_CLOSED: status.UNAVAILABLE,
} as const satisfies Record<string, status>;
export type DownloadReason = keyof typeof DOWNLOAD_REASONS;

/** What went wrong with a download. Messages name the host only: the rest of a URL is often a key to what it leads to. */
export class DownloadError extends StatusError {
  declare readonly reason: DownloadReason;

  constructor(reason: DownloadReason, message: string, options: Options = {}) {
    super(DOWNLOAD_REASONS[reason], reason, message, { ...options, domain: DOWNLOAD_DOMAIN });
    this.name = 'DownloadError';
  }
}
