import type {
  Budget as WireBudget,
  ReserveRequest,
  Usage as WireUsage,
} from '@exempla/contracts/storage/v1/budget_service';
import type { Budget, DayUsage, Reservation, Usage } from '../budgets/index.ts';

const NANOS_PER_MS = 1e6;

/** The rules of the protos see to it that there is a lifetime, of an hour at most. */
export const toReservation = ({ reservation, maxMicros, lifetime }: ReserveRequest): Reservation => ({
  id: reservation,
  maxMicros,
  lifetimeMs: Number(lifetime?.seconds ?? 0n) * 1_000 + Math.ceil((lifetime?.nanos ?? 0) / NANOS_PER_MS),
});

export const toUsage = (usage: WireUsage): Usage => ({
  model: usage.model,
  answers: usage.answers,
  inputTokens: usage.inputTokens,
  outputTokens: usage.outputTokens,
  characters: usage.characters,
  costMicros: usage.costMicros,
  estimated: usage.estimated,
});

export const fromUsage = (usage: DayUsage): WireUsage => ({ ...usage });

export const fromBudget = (budget: Budget): WireBudget => ({ ...budget });
