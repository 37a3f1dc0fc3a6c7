import { Controller, Inject } from '@nestjs/common';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import {
  type Budget,
  BudgetServiceDefinition,
  type GetBudgetRequest,
  type ListUsageRequest,
  type ListUsageResponse,
  type ReserveRequest,
  type ReserveResponse,
  type SetBudgetRequest,
  type SettleRequest,
} from '@exempla/contracts/storage/v1/budget_service';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import {
  type BudgetStore,
  getBudget,
  listUsage,
  reserveBudget,
  setBudget,
  settleReservation,
} from '../budgets/index.ts';
import { fromBudget, fromUsage, toReservation, toUsage } from './budget-mapping.ts';
import { checkRequest } from './request-checks.ts';

export const BUDGET_STORE = Symbol('budget store');

@Controller()
export class BudgetController {
  constructor(@Inject(BUDGET_STORE) private readonly store: BudgetStore) {}

  @RpcMethod(BudgetServiceDefinition, 'reserve')
  async reserve(request: ReserveRequest, context: CallContext): Promise<ReserveResponse> {
    await reserveBudget(this.store, context, toReservation(request));
    return {};
  }

  @RpcMethod(BudgetServiceDefinition, 'settle')
  async settle(request: SettleRequest, context: CallContext): Promise<Empty> {
    checkRequest(request);
    await settleReservation(this.store, context, { id: request.reservation, usage: request.usage.map(toUsage) });
    return {};
  }

  @RpcMethod(BudgetServiceDefinition, 'getBudget')
  async getBudget(_: GetBudgetRequest, context: CallContext): Promise<Budget> {
    return fromBudget(await getBudget(this.store, context));
  }

  @RpcMethod(BudgetServiceDefinition, 'setBudget')
  async setBudget({ tenant, limitMicros }: SetBudgetRequest, context: CallContext): Promise<Budget> {
    return fromBudget(await setBudget(this.store, context, { tenant, limitMicros }));
  }

  @RpcMethod(BudgetServiceDefinition, 'listUsage')
  async listUsage(request: ListUsageRequest, context: CallContext): Promise<ListUsageResponse> {
    checkRequest(request);
    const { items, nextPageToken } = await listUsage(this.store, context, request);
    return { usage: items.map(fromUsage), nextPageToken };
  }
}
