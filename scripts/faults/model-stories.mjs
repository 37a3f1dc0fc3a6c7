// What stories by model promise, each taken away once; the fields are those of properties.mjs.

const ROOM = 'services/orchestrator';
const fault = (promise, spec, file, [from, to], test) => ({
  promise: `stories by model: ${promise}`,
  spec: `${ROOM}/test/${spec}`,
  file: `${ROOM}/src/${file}`,
  from,
  to,
  test,
});

export const MODEL_STORY_FAULTS = [
  fault(
    'a paid writer is asked no more when a draft is good enough',
    'stories/best-draft.spec.ts',
    'stories/write-best-draft.ts',
    ['(!judge || (writer.isPaid && scoreOf(best(drafts)) >= judge.passingScore))', '!judge'],
    'is asked no more',
  ),
  fault(
    'rules of English judge English only',
    'stories/best-draft.spec.ts',
    'stories/write-best-draft.ts',
    ['drafting.judge?.judges(job.brief.language) ? drafting.judge : undefined', 'drafting.judge'],
    'where nobody judges the language',
  ),
  fault(
    'a refusal is the end of the story',
    'stories/best-draft.spec.ts',
    'stories/write-story.ts',
    ['if (!(error instanceof WriterFault)) throw error;', 'if (!(error instanceof WriterFault)) continue;'],
    'does not after',
  ),
  fault(
    'nobody stands in for a caller who has gone',
    'stories/best-draft.spec.ts',
    'stories/write-best-draft.ts',
    ['signal.throwIfAborted();\n      fault = error;', 'fault = error;'],
    'when the caller has gone',
  ),
  fault(
    'drafts that came to nothing are kept with what they took',
    'stories/best-draft.spec.ts',
    'stories/write-best-draft.ts',
    ['if (error instanceof WriterFault && error.generation) drafting.onGeneration(error.generation);', ''],
    'both are kept',
  ),
  fault(
    'what a child is called changes no instruction',
    'model-writer.int.spec.ts',
    'prompts/story-prompt.ts',
    [
      'return { system: wording.system[kind], data };',
      'return { system: wording.system[kind] + JSON.stringify(data), data };',
    ],
    'byte for byte',
  ),
  fault(
    'a wrong key is no reason for somebody to stand in',
    'model-writer.int.spec.ts',
    'adapters/model-writer.ts',
    ['!isOutage(error)', 'false'],
    'is the end of the story',
  ),
  fault(
    'the model is as fast as whoever listens',
    'model-writer.int.spec.ts',
    'adapters/model-writer.ts',
    ['await onText(piece);', 'void onText(piece);'],
    'waits for whoever listens',
  ),
  fault(
    'an answer that was cut off is no story',
    'story-answer.spec.ts',
    'prompts/answer-fault.ts',
    ["if (!ended && (isCut || !SENTENCE_END.test(last.slice(-LAST_CHARACTERS)))) return 'CUT_OFF';", ''],
    'an answer is no story',
  ),
  fault(
    'what is told on the way is the story it comes to',
    'story-answer.spec.ts',
    'prompts/story-answer.ts',
    ['if (!this.#isOpen && (this.#isRuledOff || UNDECIDED.test(this.#line))) return;', ''],
    'on the way word for word',
  ),
  fault(
    'a reader who does not keep up is waited for',
    'parts-stream.spec.ts',
    'grpc/parts-stream.ts',
    ['return this.#room.promise;', 'return undefined;'],
    'asks who reports to wait',
  ),
  fault(
    'books that say nothing are left when their time is over',
    'generation-books.int.spec.ts',
    'adapters/generation-books.ts',
    ['AbortSignal.any([this.#closing.signal, AbortSignal.timeout(deadlineMs)])', 'this.#closing.signal'],
    'left when their time is over',
  ),
  fault(
    'no more generations wait for their books than are said',
    'generation-books.int.spec.ts',
    'adapters/generation-books.ts',
    ['if (this.#waiting.length >= this.#options.mostWaiting) {', 'if (this.#waiting.length < 0) {'],
    'of too many that wait',
  ),
  {
    promise: 'stories by model: nobody on the way repeats what was tried',
    spec: 'packages/rpc/test/final-errors.spec.ts',
    file: 'packages/rpc/src/error-mapper.ts',
    from: 'if (error.details.isFinal) details.isFinal = true;',
    to: '',
    test: 'on its way through other services',
  },
];
