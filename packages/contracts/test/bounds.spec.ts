import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { unboundedFields } from './unbounded-fields.ts';

const image = (path: string): Promise<Buffer> => readFile(new URL(path, import.meta.url));

/** Fields without a bound of their own, and why that is right. */
const EXCEPTIONS: Record<string, string> = {
  'exempla.audio.v1.ListVoicesRequest.page_size': 'a larger page than there is becomes the largest (AIP-158)',
  'exempla.orchestrator.v1.GenerateStoryRequest.seed': 'any number is a seed',
  'exempla.orchestrator.v1.ListChildrenRequest.page_size': 'as above',
  'exempla.orchestrator.v1.ListDefinitionsRequest.page_size': 'as above',
  'exempla.orchestrator.v1.ListHeroesRequest.page_size': 'as above',
  'exempla.orchestrator.v1.ListStoriesRequest.page_size': 'as above',
  'exempla.orchestrator.v1.ListDefinitionRevisionsRequest.page_size': 'as above',
  'exempla.storage.v1.AppendRequest.revision': 'it is compared with the revision that is there, whatever it is',
  'exempla.storage.v1.ReadAllRequest.limit': 'more than there are means all; a reader takes them as it can',
  'exempla.storage.v1.ReadStreamRequest.limit': 'as above',
  'exempla.storage.v1.ReadStreamRequest.from_revision': 'above the last there is nothing',
  'exempla.storage.v1.ListChildrenRequest.page_size': 'a larger page than there is becomes the largest (AIP-158)',
  'exempla.storage.v1.ListDefinitionsRequest.page_size': 'as above',
  'exempla.storage.v1.ListObjectsRequest.page_size': 'as above',
  'exempla.storage.v1.ListDefinitionRevisionsRequest.page_size': 'as above',
  'exempla.storage.v1.ListStoryRevisionsRequest.page_size': 'as above',
  'exempla.storage.v1.ListStoriesRequest.page_size': 'as above',
  'exempla.storage.v1.ListHeroesRequest.page_size': 'as above',
  'exempla.storage.v1.ListGenerationsRequest.page_size': 'as above',
  'exempla.storage.v1.ListUsageRequest.page_size': 'as above',
  'grpc.health.v1.HealthCheckRequest.service': 'the standard service; a name nobody has is NOT_FOUND',
};

describe('what a request may hold', () => {
  it('has a limit in every field of every request, the messages inside included', async () => {
    const found = unboundedFields(await image('../image/exempla.binpb'));
    expect(found.toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted());
  });

  it('is told of a string, a number and a list without one', async () => {
    const found = unboundedFields(await image('../../rpc/test/gen/interop.binpb'));
    expect(found).toEqual(
      expect.arrayContaining([
        'grpc.testing.SimpleRequest.response_size',
        'grpc.testing.Payload.body',
        'grpc.testing.EchoStatus.message',
        'grpc.testing.StreamingOutputCallRequest.response_parameters',
      ]),
    );
  });
});
