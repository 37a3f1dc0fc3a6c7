// What stories promise, each taken away once; the fields are those of properties.mjs.

const story = (promise, room, spec, file, from, to) => ({
  promise: `stories: ${promise}`,
  spec: `services/orchestrator/test/${room}/${spec}`,
  file: `services/orchestrator/src/${room}/${file}`,
  from,
  to,
});

export const STORY_FAULTS = [
  story(
    'a story stays when its narration fails',
    'stories',
    'narrate-story.spec.ts',
    'generate-story.ts',
    "this.#degrade('narration', error);",
    'throw error;',
  ),
  story(
    'a record that cannot be kept does not fail the story',
    'stories',
    'generate-story.spec.ts',
    'generate-story.ts',
    "this.#degrade('generations', error);",
    'throw error;',
  ),
  story(
    'the best draft is told',
    'stories',
    'best-draft.spec.ts',
    'write-best-draft.ts',
    '(scoreOf(b) > scoreOf(a) ? b : a)',
    '(scoreOf(b) > scoreOf(a) ? a : b)',
  ),
  story(
    'no draft is begun that there is no time for',
    'stories',
    'best-draft.spec.ts',
    'write-best-draft.ts',
    'if (attempt > 0 && budgetMs < longestMs * ROOM) break;',
    '',
  ),
  story(
    'pronouns agree',
    'grammar',
    'correctness.spec.ts',
    'engine/pronouns.ts',
    "female: { they: 'she', them: 'her'",
    "female: { they: 'she', them: 'him'",
  ),
  story(
    'stories are as long as they were asked for',
    'grammar',
    'length.spec.ts',
    'engine/fit.ts',
    'if (total >= wanted * ENOUGH) break;',
    'if (total >= wanted) break;\n      if (level > 1) continue;',
  ),
  story(
    'one bad side is enough for a draft not to pass',
    'grammar',
    'score.spec.ts',
    'score/score-draft.ts',
    'worst <= WORST_MAY_BE ? Math.min(mean, CAP) : mean',
    'worst <= -1 ? Math.min(mean, CAP) : mean',
  ),
];
