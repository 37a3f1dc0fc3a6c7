import type { SpeechCall } from '../src/speech/index.ts';

/** A call of somebody who stays, with a minute of time. */
export const callOf = (signal = new AbortController().signal, ms = 60_000): SpeechCall => ({
  signal,
  deadline: { remainingMs: () => ms },
  tenant: 'acme',
});
