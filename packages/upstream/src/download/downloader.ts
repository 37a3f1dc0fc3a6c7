import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { join } from 'node:path';
import type { UpstreamCall } from '../call.ts';
import { CallEnd } from '../retry/call-end.ts';
import { OpenCalls } from '../retry/open-calls.ts';
import { guardedLookup, isPublicAddress, type AddressRule } from './addresses.ts';
import { answerOf } from './answer.ts';
import { checkedBytes, checkHead, type Terms } from './body.ts';
import { DownloadError } from './download-error.ts';
import { prepareDirectory, writeWhole } from './partial-file.ts';

export interface DownloaderOptions {
  /** Where the files go; `.partial` in it has what is under way. */
  readonly directory: string;
  /** For a whole download with its redirects, milliseconds; 10,000 when absent. */
  readonly timeoutMs?: number;
  /** Used as they are and never closed; own ones with 20 sockets to a host at most when absent. */
  readonly agents?: { readonly http: HttpAgent; readonly https: HttpsAgent };
  /** Which addresses may be connected to; those of the public Internet when absent. */
  readonly isAllowed?: AddressRule;
  /** How names become addresses; the system's way when absent. */
  readonly lookup?: LookupFunction;
}

export interface Download extends Terms {
  readonly url: string;
  /** Of the file in the directory, which replaces one of that name: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
}

export interface Downloaded {
  readonly path: string;
  readonly contentType: string;
  readonly sizeBytes: number;
}

/** When it ends; a `CallContext` of rpc is one. */
export type DownloadCall = Pick<UpstreamCall, 'signal' | 'deadline'>;

const TIMEOUT_MS = 10_000;
const SOCKETS_PER_HOST = 20;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * Files from URLs that somebody else names, such as a provider that answers with where its picture is. One for a process: it
 * connects to public addresses only, streams to the disk, and a file is there in whole or not at all.
 */
export class Downloader implements AsyncDisposable {
  readonly #options: DownloaderOptions;
  readonly #timeoutMs: number;
  readonly #lookup: LookupFunction;
  readonly #isAllowed: AddressRule;
  readonly #agents: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly #open = new OpenCalls('the download');

  private constructor(options: DownloaderOptions) {
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#isAllowed = options.isAllowed ?? isPublicAddress;
    this.#lookup = guardedLookup(this.#isAllowed, options.lookup);
    // Agents of our own know no proxy, whatever the environment says: behind one, addresses could not be checked.
    const pool = { keepAlive: true, maxSockets: SOCKETS_PER_HOST };
    this.#agents = options.agents ?? { http: new HttpAgent(pool), https: new HttpsAgent(pool) };
  }

  /** Makes the directory, and removes what is left in it of processes that were killed. */
  static async open(options: DownloaderOptions): Promise<Downloader> {
    const downloader = new Downloader(options);
    await prepareDirectory(options.directory, downloader.#timeoutMs);
    return downloader;
  }

  /** Rejects with a `DownloadError`, or with the reason of the call's signal once that aborted; then there is no file. */
  async download(request: Download, call: DownloadCall): Promise<Downloaded> {
    if (!FILE_NAME.test(request.name)) throw new RangeError(`not the name of a file: "${request.name}"`);
    using end = new CallEnd(call, this.#open);
    this.#open.began(end);
    const timeout = setTimeout(() => end.abort(this.#timedOut()), this.#timeoutMs);
    try {
      end.signal.throwIfAborted();
      return await this.#fetch(request, end.signal);
    } catch (error) {
      throw end.signal.aborted ? (end.signal.reason as Error) : error;
    } finally {
      clearTimeout(timeout);
      this.#open.ended(end);
    }
  }

  async #fetch(request: Download, signal: AbortSignal): Promise<Downloaded> {
    const { answer } = await answerOf(request.url, {
      agentFor: (url) => (url.protocol === 'https:' ? this.#agents.https : this.#agents.http),
      lookup: this.#lookup,
      isAllowed: this.#isAllowed,
      signal,
      contentTypes: request.contentTypes,
    });
    try {
      const contentType = checkHead(answer, request);
      const path = join(this.#options.directory, request.name);
      return { path, contentType, sizeBytes: await writeWhole(checkedBytes(answer, request), path, signal) };
    } finally {
      // One that was read to its end keeps its connection.
      answer.destroy();
    }
  }

  #timedOut(): DownloadError {
    return new DownloadError('DOWNLOAD_TIMEOUT', `the download took longer than ${this.#timeoutMs} ms`);
  }

  /** Breaks off what is under way and waits until nothing of it is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.close(new DownloadError('DOWNLOAD_CLOSED', 'the downloader is closed'));
    if (this.#options.agents) return;
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }
}
