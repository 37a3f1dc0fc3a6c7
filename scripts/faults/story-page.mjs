// What the story page promises apart from a browser, each taken away once; the fields are those of properties.mjs.

const page = (promise, file, from, to) => ({
  promise: `story page: ${promise}`,
  spec: 'services/gateway/test/page/words.spec.ts',
  file: `services/gateway/page/${file}`,
  from,
  to,
});

export const STORY_PAGE_FAULTS = [
  page('who stops reading ends the request', 'event-stream.js', 'await reader.cancel().catch(() => {});', ''),
  page('an event is read whatever its pieces', 'event-stream.js', "rest = blocks.pop() ?? '';", "rest = '';"),
  page('a failure inside tells nothing of it', 'words.js', '(status < 500 ? sentence(detail) : UNEXPECTED)', 'detail'),
  page('what one item has against it is told at its field', 'words.js', "field.replace(/\\[\\d+\\].*$/, '')", 'field'),
];
