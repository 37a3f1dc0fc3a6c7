import { seeded } from '@exempla/testing';
import type { TestService } from '../service.ts';
import { type Player, twoPlayers } from './player.ts';
import { ask, type Rpc } from './rpcs.ts';
import { errorOf, Symbols } from './symbols.ts';

export interface Turn {
  readonly rpc: string;
  readonly tenant: string;
  readonly ok: boolean;
  /** The answer without what differs from run to run. */
  readonly line: string;
}

/** Enough for each to succeed and to fail, also when it has to meet what another has made. */
const TURNS_PER_RPC = 20;
/** Definitions of one millisecond are in no order that two runs would share. */
const APART_MS = 2;

/**
 * Two tenants call in turn, each at random and each on the service it is given. The same seed makes the same calls as
 * long as the answers are the same, but for ids, etags, tokens and times.
 */
export async function play(
  rpcs: readonly Rpc[],
  services: readonly [TestService, TestService],
  seed: number,
): Promise<Turn[]> {
  const random = seeded(seed);
  const players = twoPlayers(random, (marker) => `${marker}-${seed}`);
  const symbols = new Symbols();
  const turns: Turn[] = [];
  const count = rpcs.length * TURNS_PER_RPC;
  for (let i = 0; i < count; i += 1) {
    const place = random() < 0.5 ? 0 : 1;
    const player = players[place];
    const rpc = player.oneOf(rpcs);
    const answer = await ask(services[place].channel, rpc, rpc.move.request(player), player.tenant);
    player.learn(rpc.method, answer);
    turns.push({ rpc: rpc.name, tenant: player.marker, ok: !(answer instanceof Error), line: symbols.line(answer) });
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  }
  return turns;
}

/** Where two runs of one seed part: what comes after has other reasons. */
export function firstDifference(shared: readonly Turn[], alone: readonly Turn[]): object | undefined {
  const turn = shared.findIndex((one, place) => JSON.stringify(one) !== JSON.stringify(alone[place]));
  return turn === -1 ? undefined : { turn, shared: shared[turn], alone: alone[turn] };
}

/** What of one tenant was shown to the other. */
export interface Leak {
  readonly rpc: string;
  readonly to: string;
  readonly what: string;
}

const LANES = 8;

/** Both tenants call at once, in several lanes each: what was seen must be one's own. */
export async function playAtOnce(rpcs: readonly Rpc[], service: TestService, seed: number): Promise<Leak[]> {
  const random = seeded(seed);
  const players = twoPlayers(random, (marker) => `${marker}-${seed}-at-once`);
  const seen = new Made();
  const leaks: Leak[] = [];
  const lane = async (player: Player): Promise<void> => {
    for (let i = 0; i < rpcs.length * 5; i += 1) {
      const rpc = player.oneOf(rpcs);
      const request = rpc.move.request(player);
      const answer = await ask(service.channel, rpc, request, player.tenant);
      player.learn(rpc.method, answer);
      const own = textOf(request);
      const shown = textOf(answer);
      const strange = [
        ...seen.note(player, shown),
        ...(shown.includes(player.other.marker) ? [player.other.marker] : []),
      ];
      const leaked = strange.filter((text) => !own.includes(text));
      leaks.push(...leaked.map((what) => ({ rpc: rpc.name, to: player.marker, what })));
    }
  };
  await Promise.all(players.flatMap((player) => Array.from({ length: LANES }, () => lane(player))));
  return leaks;
}

/** Ids of version 4 are made by the service; those that tenants choose themselves are few and all zeros. */
const MADE_BY_SERVICE =
  /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-(?!0{11})[0-9a-f]{12}|"(?:etag|[a-zA-Z]*[tT]oken)":"[^"]+"/g;

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
