import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RemoteError, status } from '@exempla/rpc';
import { failureOf } from './calls.ts';
import { startTestServer, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let service: TestService;
beforeAll(async () => {
  server = await startTestServer();
  service = await startService(await server.database());
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const definition = { term: 'entropy', language: 'en', text: 'A measure of disorder.' };
const tenant = (): { tenant: string } => ({ tenant: `t-${randomUUID()}` });
const upload = (name: string): Promise<unknown> =>
  service.objects.uploadObject(Readable.from([{ part: { $case: 'header' as const, value: { name } } }]), tenant());

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

describe('bad requests', () => {
  const bad: [string, string, () => Promise<unknown>][] = [
    [
      'definition.term',
      'an empty term',
      () => service.definitions.createDefinition({ definition: { ...definition, term: ' ' } }),
    ],
    [
      'definition.language',
      'no language',
      () => service.definitions.createDefinition({ definition: { ...definition, language: '' } }),
    ],
    [
      'definition.text',
      'no text',
      () => service.definitions.createDefinition({ definition: { ...definition, text: '' } }),
    ],
    ['definition', 'no definition', () => service.definitions.createDefinition({})],
    [
      'definition.term',
      'U+0000 in the term',
      () => service.definitions.createDefinition({ definition: { ...definition, term: 'a\0b' } }),
    ],
    [
      'definition.examples[0].items[1].text',
      'U+0000 deep inside',
      () => {
        const items = [{ text: 'fine' }, { text: '\0' }];
        return service.definitions.createDefinition({ definition: { ...definition, examples: [{ items }] } });
      },
    ],
    [
      'definition.other_senses[0].part_of_speech',
      'U+0000 under a long name',
      () => {
        const otherSenses = [{ partOfSpeech: '\0' }];
        return service.definitions.createDefinition({ definition: { ...definition, otherSenses } });
      },
    ],
    [
      'definition_id',
      'an id that is no UUID',
      () => service.definitions.createDefinition({ definition, definitionId: 'x' }),
    ],
    ['term', 'U+0000 in a filter', () => service.definitions.listDefinitions({ term: '\0' })],
    ['term', 'U+0000 in a lookup', () => service.definitions.lookupDefinition({ term: 'a\0' })],
    ['page_size', 'a negative page size', () => service.definitions.listDefinitions({ pageSize: -1 })],
    ['name', 'a name that is none', () => service.definitions.getDefinition({ name: 'entropy' })],
    [
      'definition.name',
      'an update of nothing',
      () => service.definitions.updateDefinition({ definition: {}, updateMask: ['text'] }),
    ],
    ['header.name', 'a name that leads out', () => upload('objects/../x')],
    ['name', 'the same in a download', () => read(service.objects.downloadObject({ name: 'objects/a/../../x' }))],
  ];
  it.each(bad)('%s: %s', async (field, _, act) => {
    const error = (await failureOf(act())) as RemoteError;
    expect([error.code, error.reason]).toEqual([status.INVALID_ARGUMENT, 'INVALID_REQUEST']);
    expect(error.details.violations?.map((violation) => violation.field)).toContain(field);
  });
});
