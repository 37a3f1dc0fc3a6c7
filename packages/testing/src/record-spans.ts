import { exportSpansTo, type EndedSpan } from '@exempla/telemetry';

/** Keeps every span of this process that ends until it is disposed of; one at a time. */
export function recordSpans(): Disposable & { readonly spans: readonly EndedSpan[] } {
  const spans: EndedSpan[] = [];
  const stop = exportSpansTo({ ended: (span) => void spans.push(span), close: async () => {} });
  return { spans, [Symbol.dispose]: stop };
}
