import type { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import type { RpcClient } from '@exempla/rpc';
import type { Definition, DefinitionArchive } from '../definitions/index.ts';
import { fromDefinition, fromRevision, toAssessment, toContext, toExampleSet } from '../wire/definition.ts';
import { askPeer } from './peer-errors.ts';

type Archive = DefinitionArchive;

/** Definitions in the storage service. */
export class RpcArchive implements Archive {
  readonly #client: RpcClient<typeof DefinitionStoreServiceDefinition>;

  constructor(client: RpcClient<typeof DefinitionStoreServiceDefinition>) {
    this.#client = client;
  }

  async lookup(query: Parameters<Archive['lookup']>[0]): ReturnType<Archive['lookup']> {
    const { requestId, requestFingerprint, term, context, language } = query;
    const { byRequest, duplicate } = await askPeer(
      this.#client.lookupDefinition({ requestId, requestFingerprint, term, context: toContext(context), language }),
    );
    return { ...(byRequest && { byRequest: fromDefinition(byRequest) }), ...(duplicate && { duplicate }) };
  }

  async create(job: Parameters<Archive['create']>[0]): Promise<Definition> {
    const { id, definition, revisions, requestId, requestFingerprint, allowDuplicate } = job;
    const stored = await askPeer(
      this.#client.createDefinition({
        definition: {
          ...definition,
          context: toContext(definition.context),
          assessment: toAssessment(definition.assessment),
          otherSenses: [...definition.otherSenses],
          examples: definition.examples.map(toExampleSet),
        },
        definitionId: id,
        revisions: revisions.map(({ text, assessment, note }) => ({
          text,
          note,
          assessment: toAssessment(assessment),
        })),
        requestId,
        requestFingerprint,
        allowDuplicate,
      }),
    );
    return fromDefinition(stored);
  }

  async attachNarration({ name, etag }: Pick<Definition, 'name' | 'etag'>, object: string): Promise<Definition> {
    const definition = { name, etag, narration: object };
    return fromDefinition(await askPeer(this.#client.updateDefinition({ definition, updateMask: ['narration'] })));
  }

  async get(name: string): Promise<Definition> {
    return fromDefinition(await askPeer(this.#client.getDefinition({ name })));
  }

  async list(query: Parameters<Archive['list']>[0]): ReturnType<Archive['list']> {
    const { definitions, nextPageToken } = await askPeer(this.#client.listDefinitions(query));
    return { definitions: definitions.map(fromDefinition), nextPageToken };
  }

  async delete(name: string, etag: string): Promise<void> {
    await askPeer(this.#client.deleteDefinition({ name, etag }));
  }

  async revisions(parent: string, page: Parameters<Archive['revisions']>[1]): ReturnType<Archive['revisions']> {
    const { revisions, nextPageToken } = await askPeer(this.#client.listDefinitionRevisions({ parent, ...page }));
    return { revisions: revisions.map(fromRevision), nextPageToken };
  }
}
