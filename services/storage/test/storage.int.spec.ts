import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Definition_State as State, type Definition } from '@exempla/contracts/type/v1/definition';
import { ExampleKind, ExampleSet_Status, Relation } from '@exempla/contracts/type/v1/example';
import { eventually, gate } from '@exempla/testing';
import { filesBelow } from './files.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let database: TestDatabase;
let service: TestService;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
  service = await startService(database);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const tenant = (): { tenant: string } => ({ tenant: `t-${randomUUID()}` });
const accepted = { score: 0.9, accepted: true, violations: [] };
const definition = {
  term: 'Entropy',
  context: { organisational: ['physics'], juridical: [], legalBasis: ['Second law'] },
  language: 'en',
  category: 'quantity',
  text: 'A quantity that measures disorder.',
  assessment: {
    ...accepted,
    violations: [{ rule: 'r', family: 'language', score: 0.5, message: 'm', critical: false }],
  },
  sense: { source: 'wordnet:n1', lemma: 'entropy', partOfSpeech: 'noun', category: 'attribute', gloss: 'a measure' },
  otherSenses: [{ source: 'wordnet:n2', lemma: 'entropy', partOfSpeech: 'noun', category: 'x', gloss: 'another' }],
  senseReason: 'the context names physics',
  examples: [
    {
      kind: ExampleKind.EXAMPLE_KIND_COUNTER,
      status: ExampleSet_Status.STATUS_SHORT,
      items: [{ text: 'enthalpy', relation: Relation.RELATION_SIBLING, source: 'wordnet:n3', reason: 'is heat' }],
      wanted: 3,
      errorReason: '',
    },
    {
      kind: ExampleKind.EXAMPLE_KIND_SYNONYM,
      status: ExampleSet_Status.STATUS_EMPTY,
      items: [],
      wanted: 5,
      errorReason: '',
    },
  ],
  narration: 'objects/narrations/1.wav',
};
const revisions = [
  { text: 'Disorder.', assessment: { ...accepted, accepted: false }, note: 'first text' },
  { text: definition.text, assessment: definition.assessment, note: 'improved: genus added' },
];

describe('definitions over gRPC', () => {
  it('stores and gives back every field, and the revisions', async () => {
    const options = tenant();
    const created = await service.definitions.createDefinition({ definition, revisions }, options);
    expect(created).toMatchObject({ ...definition, state: State.STATE_ESTABLISHED });
    expect(created.name).toMatch(/^definitions\/[0-9a-f-]{36}$/);
    expect(created.createTime).toEqual(created.updateTime);
    expect(await service.definitions.getDefinition({ name: created.name }, options)).toEqual(created);
    const history = await service.definitions.listDefinitionRevisions({ parent: created.name }, options);
    expect(history.revisions.map(({ name, number, text, note }) => [name, number, text, note])).toEqual([
      [`${created.name}/revisions/2`, 2, definition.text, 'improved: genus added'],
      [`${created.name}/revisions/1`, 1, 'Disorder.', 'first text'],
    ]);
    expect(history.revisions[1]?.assessment?.accepted).toBe(false);
  });

  it('takes the id it is given, and derives the state, whatever the caller says', async () => {
    const definitionId = randomUUID();
    const draft = { ...definition, assessment: undefined, state: State.STATE_ESTABLISHED, etag: 'mine' };
    const created = await service.definitions.createDefinition({ definition: draft, definitionId }, tenant());
    expect(created).toMatchObject({ name: `definitions/${definitionId}`, state: State.STATE_DRAFT });
    expect(created.etag).not.toBe('mine');
  });

  it('takes the text of the last revision', async () => {
    const created = await service.definitions.createDefinition(
      { definition: { ...definition, text: 'old' }, revisions },
      tenant(),
    );
    expect(created.text).toBe(definition.text);
  });

  it('changes the fields of the mask and no other', async () => {
    const options = tenant();
    const before = await service.definitions.createDefinition({ definition }, options);
    const change = {
      name: before.name,
      etag: before.etag,
      text: 'A new text.',
      category: 'new',
      narration: 'objects/2',
    };
    const update = { definition: change, updateMask: ['text', 'narration'], revisionNote: 'why' };
    const after = await service.definitions.updateDefinition(update, options);
    // A new text without a new assessment is a draft.
    const expected = { text: 'A new text.', narration: 'objects/2', assessment: undefined, state: State.STATE_DRAFT };
    expect(after).toEqual({ ...before, ...expected, etag: after.etag, updateTime: after.updateTime });
    expect(after.etag).not.toBe(before.etag);
    const assessed = { definition: { name: before.name, assessment: accepted }, updateMask: ['assessment'] };
    const third = await service.definitions.updateDefinition(assessed, options);
    expect(third).toMatchObject({ state: State.STATE_ESTABLISHED, text: 'A new text.', category: 'quantity' });
    const history = await service.definitions.listDefinitionRevisions({ parent: before.name }, options);
    expect(history.revisions.map(({ number, note }) => [number, note])).toEqual([
      [2, 'why'],
      [1, 'first text'],
    ]);
  });

  it('answers 20 equal requests with the same definition', async () => {
    const options = tenant();
    const request = { definition, requestId: 'r-1', requestFingerprint: 'f' };
    const all = await Promise.all(
      Array.from({ length: 20 }, () => service.definitions.createDefinition(request, options)),
    );
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    const found = await service.definitions.lookupDefinition({ ...request, ...definition }, options);
    expect(found).toEqual({ byRequest: all[0], duplicate: all[0]?.name });
    const none = await service.definitions.lookupDefinition({ term: 'other' }, options);
    expect(none).toEqual({ byRequest: undefined, duplicate: '' });
  });
});

describe('pages', () => {
  const options = tenant();
  let made: Definition[];
  beforeAll(async () => {
    const terms = Array.from({ length: 5 }, (_, i) => ({ ...definition, term: `term ${i}` }));
    made = await Promise.all(terms.map((one) => service.definitions.createDefinition({ definition: one }, options)));
  });
  const list = (request: object, by = options) => service.definitions.listDefinitions(request, by);

  it('hold every definition once', async () => {
    const names: string[] = [];
    let pageToken = '';
    do {
      const page = await list({ pageSize: 2, pageToken });
      names.push(...page.definitions.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(names.sort()).toEqual(made.map(({ name }) => name).sort());
  });

  it('go on in another replica, and after a restart', async () => {
    const { nextPageToken } = await list({ pageSize: 2 });
    const replica = await startService(database);
    const page = await replica.definitions.listDefinitions({ pageSize: 9, pageToken: nextPageToken }, options);
    expect(page.definitions).toHaveLength(3);
    await replica.stop();
  });

  it.each<[string, (token: string) => Promise<unknown>]>([
    ['another tenant', (pageToken) => list({ pageToken }, tenant())],
    ['another filter', (pageToken) => list({ pageToken, term: 'term 1' })],
    [
      'another list',
      (pageToken) => service.definitions.listDefinitionRevisions({ parent: made[0]?.name ?? '', pageToken }, options),
    ],
    ['one changed character', (token) => list({ pageToken: (token.startsWith('A') ? 'B' : 'A') + token.slice(1) })],
    ['a changed position', (token) => list({ pageToken: `${token.slice(0, -2)}AA` })],
    ['one more character', (token) => list({ pageToken: `${token}=` })],
  ])('are refused to %s', async (_, act) => {
    const { nextPageToken } = await list({ pageSize: 2 });
    await expect(act(nextPageToken)).rejects.toMatchObject({ reason: 'PAGE_TOKEN_INVALID' });
  });

  it('fit into an answer although every context is as large as it may be', async () => {
    const by = tenant();
    const entries = Array.from({ length: 10 }, (_, i) => `${i}${'😀'.repeat(199)}`);
    const context = { organisational: entries, juridical: entries, legalBasis: entries };
    const sense = { ...definition.sense, gloss: '😀'.repeat(4000) };
    const one = { ...definition, context, sense };
    for (let batch = 0; batch < 6; batch += 1)
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          service.definitions.createDefinition({ definition: { ...one, term: `term ${batch * 20 + i}` } }, by),
        ),
      );
    const first = await list({ pageSize: 200 }, by);
    const second = await list({ pageSize: 200, pageToken: first.nextPageToken }, by);
    expect(first.definitions.length + second.definitions.length).toBe(120);
    expect(second.nextPageToken).toBe('');
  });

  it('filter by term, whatever its letter case', async () => {
    const page = await list({ term: ' TERM  3 ' });
    expect(page.definitions.map(({ term }) => term)).toEqual(['term 3']);
    expect(page.nextPageToken).toBe('');
  });
});

describe('objects over gRPC', () => {
  type Part = { part: { $case: 'header'; value: { name: string } } | { $case: 'chunk'; value: Buffer } };
  const header = (name = 'objects/a/b.wav'): Part => ({ part: { $case: 'header', value: { name } } });
  const chunk = (value: Buffer): Part => ({ part: { $case: 'chunk', value } });

  it('stores 5 MB and gives them back', async () => {
    const options = tenant();
    const bytes = randomBytes(5_000_000);
    const parts = [header()];
    for (let i = 0; i < bytes.length; i += 1_000_000) parts.push(chunk(bytes.subarray(i, i + 1_000_000)));
    const stored = await service.objects.uploadObject(Readable.from(parts), options);
    expect(stored).toMatchObject({
      name: 'objects/a/b.wav',
      sizeBytes: 5_000_000n,
      contentType: 'application/octet-stream',
    });
    expect(stored.sha256.equals(createHash('sha256').update(bytes).digest())).toBe(true);
    expect(await service.objects.getObject({ name: stored.name }, options)).toEqual(stored);
    const received: Buffer[] = [];
    for await (const { part } of service.objects.downloadObject({ name: stored.name }, options)) {
      if (part?.$case === 'header') expect(part.value).toEqual(stored);
      else received.push(part?.value ?? Buffer.alloc(0));
    }
    expect(Buffer.concat(received).equals(bytes)).toBe(true);
    await service.objects.deleteObject({ name: stored.name, etag: stored.etag }, options);
    await expect(service.objects.getObject({ name: stored.name }, options)).rejects.toMatchObject({
      reason: 'OBJECT_NOT_FOUND',
    });
  });

  it('leaves nothing of an upload whose caller goes away', async () => {
    const options = tenant();
    const sent = gate();
    const leave = new AbortController();
    async function* halting(): AsyncGenerator<Part> {
      yield header();
      yield chunk(randomBytes(500_000));
      sent.open();
      await new Promise(() => {});
    }
    const before = await filesBelow(service.directory);
    const uploading = service.objects.uploadObject(halting(), { ...options, signal: leave.signal });
    await sent.promise;
    await eventually('it is being written', () => service.disk.openFiles === 1);
    leave.abort(new Error('left'));
    await expect(uploading).rejects.toThrow('left');
    await eventually('the file is closed', () => service.disk.openFiles === 0);
    await eventually('the file is gone', async () => (await filesBelow(service.directory)).length === before.length);
    const rows = await database.admin('select 1 from storage.objects where tenant = $1', [options.tenant]);
    expect(rows).toEqual([]);
  });

  it('reads no further than its reader, and closes the file when the reader leaves', async () => {
    const options = tenant();
    const bytes = Buffer.alloc(1_000_000, 1);
    const parts = [header(), ...Array.from({ length: 60 }, () => chunk(bytes))];
    await service.objects.uploadObject(Readable.from(parts), options);
    const start = service.disk.bytesRead;
    const leave = new AbortController();
    const reading = service.objects.downloadObject({ name: 'objects/a/b.wav' }, { ...options, signal: leave.signal });
    const reader = reading[Symbol.asyncIterator]();
    await reader.next();
    let last = -1n;
    await eventually('the producer stands still', async () => {
      const before = service.disk.bytesRead;
      await new Promise((resolve) => setTimeout(resolve, 300));
      last = service.disk.bytesRead;
      return last === before;
    });
    expect(Number(last - start)).toBeLessThan(30_000_000);
    expect(service.disk.openFiles).toBe(1);
    leave.abort(new Error('left'));
    await expect(
      (async () => {
        for (;;) if ((await reader.next()).done) return;
      })(),
    ).rejects.toThrow('left');
    await eventually('the file is closed', () => service.disk.openFiles === 0);
  });
});
