import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { Spending, type Reservation, type Usage } from '@exempla/budget';
import {
  GenerateStoryRequest,
  type GenerateStoryResponse,
  type StreamGenerateStoryResponse,
} from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { Deadline, runInCall, type CallContext } from '@exempla/rpc';
import { MetricRegistry } from '@exempla/telemetry';
import { eventually, gate, startScriptedOpenAi, type Gate, type ScriptedOpenAi } from '@exempla/testing';
import { BudgetedText, OpenAiText } from '@exempla/text';
import { EqualStories } from '../src/adapters/equal-stories.ts';
import { ModelWriter } from '../src/adapters/model-writer.ts';
import { StoryController } from '../src/grpc/story.controller.ts';
import { StoryError } from '../src/stories/index.ts';
import { RecordingPorts } from './stories/fakes.ts';

const ANSWER = await readFile(new URL('./answers/english-untidy.txt', import.meta.url), 'utf8');
const CALLERS = 20;
const PRICE = { inputMicros: 1_000_000, outputMicros: 2_000_000 };

let upstream: ScriptedOpenAi;
let mayAnswer: Gate;
let text: BudgetedText;
let ports: RecordingPorts;
let stories: StoryController;
let reserved: Reservation[];
let settled: { id: string; usage: readonly Usage[] }[];

beforeEach(async () => {
  mayAnswer = gate();
  const whenItMay = () => mayAnswer.promise.then(() => ({ type: 'say', text: ANSWER }) as const);
  upstream = await startScriptedOpenAi({ type: 'choose', of: whenItMay });
  [reserved, settled] = [[], []];
  const budget = {
    reserve: async (reservation: Reservation) => void reserved.push(reservation),
    settle: async (settlement: (typeof settled)[0]) => void settled.push(settlement),
  };
  const spending = new Spending({ budget, log: { warn() {}, error() {} }, metrics: new MetricRegistry() });
  const upstreams = [
    { name: 'scripted', baseUrl: upstream.baseUrl, apiKey: 'k-1', models: [{ name: 'small', price: PRICE }] },
  ];
  const retry = { rounds: 1, backoffMs: 5 };
  text = new BudgetedText(new OpenAiText({ upstreams, retry, metrics: new MetricRegistry() }), { spending });
  ports = new RecordingPorts();
  ports.writers = [new ModelWriter(text, ['small'])];
  ports.equalRequests = new EqualStories();
  // Nobody judges: the first whole draft is the story.
  ports.judge = undefined;
  ports.now = () => 0;
  stories = new StoryController(ports);
});
afterEach(async () => {
  mayAnswer.open();
  await text[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

const request = (change: Partial<GenerateStoryRequest> = {}): GenerateStoryRequest =>
  GenerateStoryRequest.fromPartial({
    toldTo: {
      $case: 'newChild',
      value: {
        displayName: 'Mia',
        age: { $case: 'years', value: 5 },
        gender: Gender.GENDER_FEMALE,
        interests: ['stars'],
      },
    },
    lengthMinutes: 1,
    requestId: 'r-1',
    ...change,
  });

interface Caller {
  readonly tenant?: string;
  readonly signal?: AbortSignal;
  readonly ms?: number;
}

function contextOf({ tenant = 'acme', signal = new AbortController().signal, ms = 30_000 }: Caller): CallContext {
  const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: false };
  const reply = { header() {}, trailer() {}, sendHeaders() {} };
  const who = { tenant, subject: 'ann', requestId: 'x', traceId: ids.traceId, trace: ids };
  const deadline = Deadline.after(ms);
  return { service: 's', method: 'm', ...who, signal, deadline, reserveMs: 20, metadata: { get: () => [] }, reply };
}

const tell = (asked = request(), caller: Caller = {}): Promise<GenerateStoryResponse> => {
  const context = contextOf(caller);
  return runInCall(context, () => stories.generateStory(asked, context));
};

type StreamPart = NonNullable<StreamGenerateStoryResponse['part']>;

/** Reads a story to its end; `onPart` hears of each message. */
function follow(asked: GenerateStoryRequest, caller: Caller, onPart: (part: StreamPart) => void = () => {}) {
  const context = contextOf(caller);
  return runInCall(context, async () => {
    const parts: StreamPart[] = [];
    for await (const { part } of stories.streamGenerateStory({ request: asked }, context)) {
      parts.push(part!);
      onPart(part!);
    }
    return parts;
  });
}

const draftIn = (parts: readonly StreamPart[]): string =>
  parts.map((part) => (part.$case === 'draft' ? part.value.text : '')).join('');
const wholeIn = (parts: readonly StreamPart[]): GenerateStoryResponse => {
  const last = parts.at(-1);
  if (last?.$case !== 'done') throw new Error('the last part is the whole answer');
  return last.value;
};
const gone = new Error('the caller left');
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );
const isAsked = () => eventually('the model is asked', () => upstream.requests.length > 0);
const isSettled = () => eventually('what it took is settled', () => settled.length > 0);

describe('equal requests at the same moment', () => {
  it(`${CALLERS} are one story: asked for, paid, kept and read aloud once, and told to all from its beginning`, async () => {
    const asked = request({ narrate: true });
    const half = CALLERS / 2;
    const unary = Array.from({ length: half }, () => tell(asked));
    const streams = Array.from({ length: half }, () => follow(asked, {}));
    await isAsked();
    mayAnswer.open();
    const [first, ...others] = await Promise.all(unary);
    for (const other of others) expect(other).toEqual(first);
    for (const parts of await Promise.all(streams)) {
      expect(wholeIn(parts)).toEqual(first);
      expect(draftIn(parts)).toBe(first!.story!.text);
    }
    await isSettled();
    expect([upstream.requests, reserved, settled, ports.created, ports.spoken].map(({ length }) => length)).toEqual(
      Array(5).fill(1),
    );
    expect(settled[0]!.usage).toMatchObject([{ model: 'small', answers: 1 }]);
  });

  it('go on when the first leaves', async () => {
    const leaving = new AbortController();
    const first = failureOf(tell(request(), { signal: leaving.signal }));
    const second = tell();
    await isAsked();
    leaving.abort(gone);
    expect(await first).toBe(gone);
    mayAnswer.open();
    expect((await second).story!.model).toBe('small');
    expect(upstream.requests).toHaveLength(1);
  });

  it('are broken off at the model when the last leaves, and nothing is kept', async () => {
    const callers = [new AbortController(), new AbortController()];
    const both = [
      failureOf(tell(request(), { signal: callers[0]!.signal })),
      failureOf(follow(request(), { signal: callers[1]!.signal })),
    ];
    await isAsked();
    for (const caller of callers) caller.abort(gone);
    expect(await Promise.all(both)).toEqual([gone, gone]);
    await upstream.requests[0]!.left.promise;
    await isSettled();
    expect([upstream.requests.length, ports.created.length, settled.length]).toEqual([1, 0, 1]);
    expect(settled[0]!.usage).toEqual([]);
  });

  it('hear what was told before they came', async () => {
    upstream.next({ type: 'stall', text: ANSWER, afterWords: 60 });
    const leaving = new AbortController();
    const { signal } = leaving;
    const words = gate();
    let heard = '';
    const first = follow(request(), { signal }, (part) => {
      heard += draftIn([part]);
      if (heard.length > 100) words.open();
    });
    const readers = [failureOf(first)];
    await words.promise;
    const before = heard;
    let late = '';
    const second = follow(request(), { signal }, (part) => {
      late ||= draftIn([part]);
      leaving.abort(gone);
    });
    readers.push(failureOf(second));
    expect(await Promise.all(readers)).toEqual([gone, gone]);
    expect(late.startsWith(before)).toBe(true);
    expect(upstream.requests).toHaveLength(1);
  });

  it('with too little time for the model are begun again by who has more', async () => {
    upstream.next({ type: 'silence' }, { type: 'say', text: ANSWER });
    const hasty = failureOf(tell(request(), { ms: 500 }));
    await isAsked();
    expect((await tell()).story!.model).toBe('small');
    expect(await hasty).toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
    expect(upstream.requests).toHaveLength(2);
  });
});

describe('requests that are not equal', () => {
  it('two tenants with one request id never share', async () => {
    const both = [tell(request(), { tenant: 'acme' }), tell(request(), { tenant: 'globex' })];
    mayAnswer.open();
    await Promise.all(both);
    expect([upstream.requests.length, ports.created.length]).toEqual([2, 2]);
  });

  it('no request id, no sharing: each is a story of its own', async () => {
    const both = [tell(request({ requestId: '' })), tell(request({ requestId: '' }))];
    mayAnswer.open();
    await Promise.all(both);
    expect([upstream.requests.length, ports.created.length]).toEqual([2, 2]);
  });

  it('another request with the id is refused as ever', async () => {
    const { create } = ports.stories;
    ports.stories.create = (story, key) => {
      if (ports.created.some(({ requestFingerprint }) => requestFingerprint !== key.requestFingerprint))
        throw new StoryError('REQUEST_ID_REUSED', 'the request id made something else');
      return create(story, key);
    };
    const both = [tell(request()), tell(request({ narrate: true }))];
    mayAnswer.open();
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'REQUEST_ID_REUSED' },
    });
  });
});
