import type { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import type { RpcClient } from '@exempla/rpc';
import type { Child, ChildArchive, ChildProfile } from '../stories/index.ts';
import { fromChild, toProfile } from '../wire/cast.ts';
import { askForStories } from './peer-errors.ts';

/** Children in the storage service. */
export class RpcChildren implements ChildArchive {
  readonly #client: RpcClient<typeof ChildStoreServiceDefinition>;

  constructor(client: RpcClient<typeof ChildStoreServiceDefinition>) {
    this.#client = client;
  }

  async create(profile: ChildProfile, requestId: string): Promise<Child> {
    return fromChild(await askForStories(this.#client.createChild({ child: toProfile(profile), requestId })));
  }

  async get(name: string): Promise<Child> {
    return fromChild(await askForStories(this.#client.getChild({ name })));
  }

  async update({ name, etag, values, mask }: Parameters<ChildArchive['update']>[0]): Promise<Child> {
    const child = { ...toProfile(values), name, etag };
    return fromChild(await askForStories(this.#client.updateChild({ child, updateMask: [...mask] })));
  }

  async delete(version: Parameters<ChildArchive['delete']>[0]): Promise<void> {
    await askForStories(this.#client.deleteChild(version));
  }

  async list(page: Parameters<ChildArchive['list']>[0]): ReturnType<ChildArchive['list']> {
    const { children, nextPageToken } = await askForStories(this.#client.listChildren(page));
    return { children: children.map(fromChild), nextPageToken };
  }
}
