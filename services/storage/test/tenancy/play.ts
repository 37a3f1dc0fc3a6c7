import { seeded } from '@exempla/testing';
import type { TestService } from '../service.ts';
import { type Player, twoPlayers } from './player.ts';
import { ask, type Rpc } from './rpcs.ts';
import { errorOf, Symbols } from './symbols.ts';

/** What adds something is called more often than what removes it: there is to be something to be seen. */
const withWeight = (rpcs: readonly Rpc[]): Rpc[] =>
  rpcs.flatMap((rpc) => (/^(create|upload|append)/.test(rpc.method) ? [rpc, rpc, rpc] : [rpc]));

/** One call, and what its caller knows after it. */
async function turnOf(player: Player, rpc: Rpc, service: TestService): Promise<{ request: unknown; answer: unknown }> {
  const request = rpc.move.request(player);
  const answer = await ask(service.channel, rpc, request, player.tenant);
  player.learn(rpc.method, answer);
  if (rpc.method.startsWith('delete') && !(answer instanceof Error)) player.forget((request as { name: string }).name);
  return { request, answer };
}

export interface Turn {
  readonly rpc: string;
  readonly tenant: string;
  readonly ok: boolean;
  /** The answer without what differs from run to run. */
  readonly line: string;
}

/** Definitions of one millisecond are in no order that two runs would share. */
const APART_MS = 2;

/**
 * Two tenants call in turn, each at random and each on the service it is given. The same seed makes the same calls as
 * long as the answers are the same, but for ids, etags, tokens and times.
 */
export async function play(
  rpcs: readonly Rpc[],
  services: readonly [TestService, TestService],
  { seed, turns: perRpc }: { seed: number; turns: number },
): Promise<Turn[]> {
  const random = seeded(seed);
  const choices = withWeight(rpcs);
  const players = twoPlayers(random, (marker) => `${marker}-${seed}`);
  const symbols = new Symbols();
  const turns: Turn[] = [];
  const count = rpcs.length * perRpc;
  for (let i = 0; i < count; i += 1) {
    const place = random() < 0.5 ? 0 : 1;
    const player = players[place];
    const rpc = player.oneOf(choices);
    const { answer } = await turnOf(player, rpc, services[place]);
    turns.push({ rpc: rpc.name, tenant: player.marker, ok: !(answer instanceof Error), line: symbols.line(answer) });
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  }
  return turns;
}

/** Where two runs of one seed part: what comes after has other reasons. */
export function firstDifference(shared: readonly Turn[], alone: readonly Turn[]): string {
  const place = shared.findIndex((turn, at) => JSON.stringify(turn) !== JSON.stringify(alone[at]));
  const [one, other] = [shared[place], alone[place]];
  if (one === undefined) return '';
  return `turn ${place}: ${one.tenant} ${one.rpc}\ntogether: ${one.line}\nalone:    ${other?.line}`;
}

/** What of one tenant was shown to the other. */
export interface Leak {
  readonly rpc: string;
  readonly to: string;
  readonly what: string;
}

const LANES = 4;

/** Both tenants call at once, in several lanes each: what was seen must be one's own. */
export async function playAtOnce(rpcs: readonly Rpc[], service: TestService, seed: number): Promise<Leak[]> {
  const random = seeded(seed);
  const choices = withWeight(rpcs);
  const players = twoPlayers(random, (marker) => `${marker}-${seed}-at-once`);
  const seen = new Made();
  const leaks: Leak[] = [];
  const lane = async (player: Player): Promise<void> => {
    for (let i = 0; i < rpcs.length * 3; i += 1) {
      const rpc = player.oneOf(choices);
      const { request, answer } = await turnOf(player, rpc, service);
      player.sent += textOf(request);
      const shown = textOf(answer);
      const strange = [
        ...seen.note(player, shown),
        ...(shown.includes(player.other.marker) ? [player.other.marker] : []),
      ];
      const leaked = strange.filter((text) => !player.sent.includes(text));
      leaks.push(...leaked.map((what) => ({ rpc: rpc.name, to: player.marker, what })));
    }
  };
  await Promise.all(players.flatMap((player) => Array.from({ length: LANES }, () => lane(player))));
  return leaks;
}

/** Ids of version 4 are made by the service; those that tenants choose themselves are few and all zeros. */
const MADE_BY_SERVICE =
  /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-(?!0{11})[0-9a-f]{12}|"(?:etag|position|[a-zA-Z]*[tT]oken)":"[^"]+"/g;

/** What the service made up, and whom it first showed it to. */
class Made {
  readonly #owner = new Map<string, Player>();

  /** What in the text was made for somebody else. */
  note(player: Player, text: string): string[] {
    const values = [...text.matchAll(MADE_BY_SERVICE)].map(([found]) => found.replace(/^"\w+":|"/g, ''));
    for (const value of values) if (!this.#owner.has(value)) this.#owner.set(value, player);
    return values.filter((value) => this.#owner.get(value) !== player);
  }
}

function textOf(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(errorOf(value));
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    const bytes = inner as { type?: string; data?: number[] } | null;
    return bytes?.type === 'Buffer' && bytes.data ? Buffer.from(bytes.data).toString('latin1') : inner;
  });
}
