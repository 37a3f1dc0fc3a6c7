// What stories promise when something fails or somebody leaves, each taken away once; the fields are those of properties.mjs.
// That a story stays when its narration fails stands in stories.mjs, that a child is there once in records.mjs.

const ROOM = 'services/orchestrator';
const fault = (promise, spec, file, [from, to], test) => ({
  promise: `stories, failing: ${promise}`,
  spec: `${ROOM}/test/${spec}`,
  file: `${ROOM}/src/${file}`,
  from,
  to,
  test,
});
const story = (promise, spec, edit, test) => fault(promise, `stories/${spec}`, 'stories/generate-story.ts', edit, test);
const narrator = (promise, edit, test) =>
  fault(promise, 'rpc-narrator.spec.ts', 'adapters/rpc-narrator.ts', edit, test);

export const STORY_FAILURE_FAULTS = [
  story(
    'what follows the keeping waits for it',
    'generate-story.spec.ts',
    [
      "const saved = await this.#log.time('store', () => this.#ports.stories.create(story, this.#key));",
      "const saved = { ...story, name: 'stories/1' } as never as Story;\n" +
        "    void this.#log.time('store', () => this.#ports.stories.create(story, this.#key)).catch(() => {});",
    ],
    'is no story',
  ),
  story(
    'a story that nobody waits for is not kept',
    'generate-story.spec.ts',
    ['    this.#call.signal.throwIfAborted();\n    const story = createStory', '    const story = createStory'],
    'a caller who leaves',
  ),
  story(
    'a sound that no story names is removed',
    'narrate-story.spec.ts',
    ['.discard(narration.object)', ".find(narration.object, '')"],
    'naming it fails',
  ),
  story(
    'what fails is named with its step',
    'narrate-story.spec.ts',
    ['this.#log.degraded.push(part);', ''],
    'the story stays',
  ),
  fault(
    'the sound leaves time to answer',
    'stories/narrate-story.spec.ts',
    'parts/budgets.ts',
    ['Math.max(0, remainingMs - saveMs(remainingMs))', 'remainingMs'],
    'so that something is left to answer',
  ),
  narrator(
    'a sound of which nobody heard is removed',
    ['if (passed.isWhole) this.#discardUnheard(passed.object);', ''],
    'the whole sound was sent',
  ),
  narrator(
    'a sound is not removed that cannot be there',
    ['if (passed.isWhole) this.#discardUnheard(passed.object);', 'this.#discardUnheard(passed.object);'],
    'only a part was sent',
  ),
  narrator(
    'a sound is removed although its call has ended',
    [
      'await runDetached(DISCARD_MS, () => this.#objects.deleteObject({ name: object }));',
      'await this.#objects.deleteObject({ name: object });',
    ],
    'although the call that made it was cancelled',
  ),
];
