import type { TextError } from '../text-error.ts';

/** How an attempt failed, and what that means for the next one. */
export interface Failure {
  readonly error: TextError;
  /**
   * `again`: the same model may be asked once more, another one at once. `other`: this model will not answer this request.
   * `elsewhere`: nor will any other of this upstream. `never`: nobody is asked again.
   */
  readonly next: 'again' | 'other' | 'elsewhere' | 'never';
  /** It had no capacity, or was too slow. */
  readonly overload?: boolean;
  /** Counts against the health of the model. */
  readonly unhealthy?: boolean;
}
