import type { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { deadlineExceeded, RemoteError, runDetached, type RpcClient } from '@exempla/rpc';
import { BudgetError } from './budget-error.ts';
import type { Budget, PaidCall, Reservation, Usage } from './budget.ts';

type Client = Pick<RpcClient<typeof BudgetServiceDefinition>, 'reserve' | 'settle'>;

/** A storage service that takes longer is one that cannot be asked. */
const RESERVE_TIMEOUT_MS = 5_000;

/** The budgets that the storage service keeps. */
export class StorageBudget implements Budget {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Bound to the call that is paid for, which may be shared by several that are served and outlive the first. */
  async reserve({ id, maxMicros, lifetimeMs }: Reservation, call: PaidCall): Promise<void> {
    const { tenant, signal, deadline } = call;
    const timeoutMs = Math.min(RESERVE_TIMEOUT_MS, Math.max(0, deadline.remainingMs()));
    try {
      const request = { reservation: id, maxMicros: BigInt(maxMicros), lifetime: durationOf(lifetimeMs) };
      await runDetached(Math.ceil(timeoutMs), () => this.#client.reserve(request, { tenant, signal, timeoutMs }));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (deadline.remainingMs() <= 0) throw deadlineExceeded('the reservation');
      throw refusalOf(error);
    }
  }

  async settle({ id, usage }: { id: string; usage: readonly Usage[] }, tenant: string): Promise<void> {
    await this.#client.settle({ reservation: id, usage: usage.map(toUsage) }, { tenant });
  }
}

const NANOS_PER_MS = 1_000_000;

const durationOf = (ms: number): { seconds: bigint; nanos: number } => ({
  seconds: BigInt(Math.floor(ms / 1_000)),
  nanos: (ms % 1_000) * NANOS_PER_MS,
});

const toUsage = (usage: Usage) => ({
  model: usage.model,
  answers: BigInt(usage.answers),
  inputTokens: BigInt(usage.inputTokens),
  outputTokens: BigInt(usage.outputTokens),
  characters: BigInt(usage.characters),
  costMicros: BigInt(usage.costMicros),
  estimated: usage.estimated,
});

/** Whatever else went wrong: nobody said that it may be spent. */
function refusalOf(error: unknown): BudgetError {
  if (!(error instanceof RemoteError && error.reason === 'BUDGET_EXHAUSTED'))
    return new BudgetError(
      'BUDGET_UNAVAILABLE',
      'the budget could not be checked, and nothing is spent without it: try again',
      {
        cause: error,
      },
    );
  const { retryAfterMs } = error.details;
  const metadata = { ...error.metadata };
  return new BudgetError('BUDGET_EXHAUSTED', error.message, {
    metadata,
    cause: error,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
