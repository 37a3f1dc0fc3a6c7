/** What a caller is told; each user of this package has its own. */
export interface UpstreamError extends Error {
  readonly reason: string;
  /** When it is worth coming back, milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** How an attempt failed, and what that means for the next one. */
export interface Failure {
  readonly error: UpstreamError;
  /**
   * `again`: the same target may be asked once more, another one at once. `other`: this target will not answer this request.
   * `elsewhere`: nor will any other of this upstream. `never`: nobody is asked again.
   */
  readonly next: 'again' | 'other' | 'elsewhere' | 'never';
  /** It had no capacity, or was too slow. */
  readonly overload?: boolean;
  /** Counts against the health of the target. */
  readonly unhealthy?: boolean;
}
