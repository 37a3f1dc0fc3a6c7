import { findPortHolder } from '@exempla/launch';
import { harmless } from '../terminal/text.ts';
import { type Check, fail, ok, warn } from './check.ts';

const LIMIT_MS = 3000;
/** Tokens are good for a minute more than their call has. */
const MAX_SKEW_MS = 5000;

/** What the gateway answered; `skewMs` is how far its clock then was from ours, where it told. */
export type GatewayAnswer = { status: number; ready: boolean; skewMs: number | undefined } | { error: string };

export async function askGateway(port: number, signal: AbortSignal): Promise<GatewayAnswer> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: within });
    const skewMs = Math.abs(Date.now() - Date.parse(answer.headers.get('date') ?? ''));
    const ready = /"status":"ready"/.test(await answer.text());
    return { status: answer.status, ready, skewMs: Number.isNaN(skewMs) ? undefined : skewMs };
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return { error: cause?.code ?? message };
  }
}

/** REST and the page. */
export async function checkGateway(port: number, answer: GatewayAnswer): Promise<Check> {
  const at = `http://127.0.0.1:${port}`;
  if (!('error' in answer) && answer.ready) return ok('gateway', `${at} ready`);
  // The mesh, and every command, does without it.
  if ('error' in answer && answer.error === 'ECONNREFUSED')
    return warn('gateway', `nothing runs at ${at}: no REST, no page`, 'Start it: exempla up');
  if (!('error' in answer) && answer.status === 503)
    return fail('gateway', `${at} is shutting down`, 'Start it: exempla up');
  const holder = await findPortHolder(port);
  const who = holder ? `process ${holder.pid} (${harmless(holder.command)})` : 'what listens there';
  return fail(
    'gateway',
    `${at} is taken: ${who} is not the gateway`,
    `${holder ? `End it: kill ${holder.pid}. Or take` : 'Take'} another port: EXEMPLA_GATEWAY_PORT=${port + 100} exempla up`,
  );
}

/** Tokens name times: clocks that differ make good ones look expired. */
export function checkClock(nowMs: number, answer: GatewayAnswer): Check {
  const now = new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ');
  const skewMs = 'error' in answer ? 0 : (answer.skewMs ?? 0);
  if (skewMs > MAX_SKEW_MS)
    return fail(
      'clock',
      `${now} UTC, ${Math.round(skewMs / 1000)} s from the gateway's`,
      'Set both clocks: timedatectl set-ntp true',
    );
  return ok('clock', `${now} UTC`);
}
