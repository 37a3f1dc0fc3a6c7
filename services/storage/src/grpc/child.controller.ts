import { Controller, Inject } from '@nestjs/common';
import { idIn } from '@exempla/contracts';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import {
  ChildStoreServiceDefinition,
  type CreateChildRequest,
  type DeleteChildRequest,
  type FindChildRequest,
  type GetChildRequest,
  type ListChildrenRequest,
  type ListChildrenResponse,
  type UpdateChildRequest,
} from '@exempla/contracts/storage/v1/child_store_service';
import type { Child } from '@exempla/contracts/type/v1/child';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import {
  type ChildStore,
  createChild,
  deleteChild,
  findChild,
  getChild,
  listChildren,
  updateChild,
} from '../children/index.ts';
import { fromChild, toCreateChild, toExactMatch, toUpdateChild } from './child-mapping.ts';
import { RECORD_STORE } from './record-store.ts';

@Controller()
export class ChildController {
  constructor(@Inject(RECORD_STORE) private readonly store: ChildStore) {}

  @RpcMethod(ChildStoreServiceDefinition, 'createChild')
  async createChild(request: CreateChildRequest, context: CallContext): Promise<Child> {
    return fromChild(await createChild(this.store, context, toCreateChild(request)));
  }

  @RpcMethod(ChildStoreServiceDefinition, 'findChild')
  async findChild(request: FindChildRequest, context: CallContext): Promise<Child> {
    return fromChild(await findChild(this.store, context, toExactMatch(request)));
  }

  @RpcMethod(ChildStoreServiceDefinition, 'getChild')
  async getChild(request: GetChildRequest, context: CallContext): Promise<Child> {
    return fromChild(await getChild(this.store, context, idIn(request.name)));
  }

  @RpcMethod(ChildStoreServiceDefinition, 'updateChild')
  async updateChild(request: UpdateChildRequest, context: CallContext): Promise<Child> {
    return fromChild(await updateChild(this.store, context, toUpdateChild(request)));
  }

  @RpcMethod(ChildStoreServiceDefinition, 'deleteChild')
  async deleteChild(request: DeleteChildRequest, context: CallContext): Promise<Empty> {
    await deleteChild(this.store, context, { id: idIn(request.name), etag: request.etag });
    return {};
  }

  @RpcMethod(ChildStoreServiceDefinition, 'listChildren')
  async listChildren(request: ListChildrenRequest, context: CallContext): Promise<ListChildrenResponse> {
    const { items, nextPageToken } = await listChildren(this.store, context, request);
    return { children: items.map(fromChild), nextPageToken };
  }
}
