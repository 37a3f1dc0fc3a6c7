const child = { name: 'Mia', age: 5, interests: ['stars'] };
const story = { child, language: 'en', story_length: 1 };
const GENERATE = '/api/v1/generate-story';

/** What is asked for, and what is wrong with it: HTTP status, reason, and the field at fault. */
export interface BadRequest {
  what: string;
  method?: string;
  path?: string;
  body?: unknown;
  headers?: Record<string, string>;
  status: number;
  reason: string;
  field?: string;
}

const ofStory = (what: string, change: object, field: string): BadRequest => ({
  what,
  body: { ...story, ...change },
  status: 400,
  reason: 'INVALID_REQUEST',
  field,
});
const ofChild = (what: string, change: object, field: string): BadRequest =>
  ofStory(what, { child: { ...child, ...change } }, `child.${field}`);
const missing = (what: string, change: object, reason: string): BadRequest => ({
  what,
  path: '/api/v1/stories/generate',
  body: { language: 'en', story_length: 1, ...change },
  status: 404,
  reason,
});
const notJson = { status: 415, reason: 'MEDIA_TYPE_UNSUPPORTED' };
const TWO_MEBIBYTES = 2 << 20;

export const BAD_REQUESTS: readonly BadRequest[] = [
  ofStory('a story of no length', { story_length: 0 }, 'story_length'),
  ofStory('a story of 31 minutes', { story_length: 31 }, 'story_length'),
  ofStory('a moral nobody knows', { moral: 'greed' }, 'moral'),
  ofStory('a field nobody knows', { storylength: 5 }, 'storylength'),
  ofStory('a length that is no number', { story_length: '5' }, 'story_length'),
  ofStory('two children', { child_id: 'x' }, 'child_id'),
  { ...ofStory('nobody', { child: null }, 'child'), reason: 'RECORD_INVALID' },
  ofChild('an age of 0', { age: 0 }, 'age'),
  ofChild('an age of 19', { age: 19 }, 'age'),
  ofChild('no interests', { interests: [] }, 'interests'),
  ofChild('no name', { name: '' }, 'name'),
  ofChild('a name of 61 characters', { name: 'x'.repeat(61) }, 'name'),
  ofChild('control characters in a name', { name: 'Mi\u0007a' }, 'name'),
  ofChild('control characters in an interest', { interests: ['stars', 'a\nb'] }, 'interests[1]'),
  missing('a hero that is not there', { child, hero_id: 'none' }, 'HERO_NOT_FOUND'),
  missing('a child that is not there', { child_id: 'none' }, 'CHILD_NOT_FOUND'),
  missing('a story before that is not there', { child, previous_story_id: 'none' }, 'STORY_NOT_FOUND'),
  {
    what: 'a language nobody writes',
    body: { ...story, language: 'nl' },
    status: 400,
    reason: 'LANGUAGE_UNSUPPORTED',
  },
  {
    what: 'a provider without a voice',
    body: { ...story, generate_audio: true, voice_provider: 'elevenlabs' },
    status: 400,
    reason: 'VOICE_PROVIDER_UNAVAILABLE',
  },
  { what: 'text', headers: { 'content-type': 'text/plain' }, body: 'a story please', ...notJson },
  { what: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b', ...notJson },
  {
    what: 'a body of 2 MiB',
    body: { ...story, custom_moral: 'x'.repeat(TWO_MEBIBYTES) },
    status: 413,
    reason: 'BODY_TOO_LARGE',
  },
  { what: 'broken JSON', body: '{"child":', status: 400, reason: 'REQUEST_MALFORMED' },
  { what: 'no body', body: '', status: 400, reason: 'REQUEST_MALFORMED' },
  {
    what: 'a deadline that is no number',
    body: story,
    headers: { 'exempla-timeout-ms': 'soon' },
    status: 400,
    reason: 'TIMEOUT_INVALID',
    field: 'exempla-timeout-ms',
  },
  {
    what: 'a deadline that is too near',
    body: story,
    headers: { 'exempla-timeout-ms': '1' },
    status: 504,
    reason: 'DEADLINE_EXCEEDED',
  },
  {
    what: 'an idempotency key with spaces',
    body: story,
    headers: { 'idempotency-key': 'a b' },
    status: 400,
    reason: 'IDEMPOTENCY_KEY_INVALID',
    field: 'idempotency-key',
  },
  ...[0, 11].map((rating) => ({
    what: `a rating of ${rating}`,
    path: '/api/v1/stories/none/rate',
    body: { rating },
    status: 400,
    reason: 'INVALID_REQUEST',
    field: 'rating',
  })),
  {
    what: 'the rating of a story that is not there',
    path: '/api/v1/stories/none/rate',
    body: { rating: 5 },
    status: 404,
    reason: 'STORY_NOT_FOUND',
  },
  ...(['GET', 'DELETE'] as const).flatMap((method) =>
    (['stories', 'children', 'heroes'] as const).map((kind) => ({
      what: `${method} of one of the ${kind} that is not there`,
      method,
      path: `/api/v1/${kind}/none`,
      status: 404,
      reason: { stories: 'STORY_NOT_FOUND', children: 'CHILD_NOT_FOUND', heroes: 'HERO_NOT_FOUND' }[kind],
    })),
  ),
  ...(['stories', 'children', 'heroes', 'definitions'] as const).flatMap((kind) => [
    {
      what: `${kind} by a page token of somebody's own`,
      method: 'GET',
      path: `/api/v1/${kind}?page_token=mine`,
      status: 400,
      reason: 'PAGE_TOKEN_INVALID',
    },
    {
      what: `${kind} by a page of less than none`,
      method: 'GET',
      path: `/api/v1/${kind}?page_size=-1`,
      status: 400,
      reason: 'INVALID_REQUEST',
      field: 'page_size',
    },
  ]),
  {
    what: 'a child of two ages',
    path: '/api/v1/children',
    body: { ...child, age_group: '3-5' },
    status: 400,
    reason: 'INVALID_REQUEST',
    field: 'age_group',
  },
  {
    what: 'a child of no age',
    path: '/api/v1/children',
    body: { name: 'Mia', interests: ['stars'] },
    status: 400,
    reason: 'RECORD_INVALID',
    field: 'age',
  },
  {
    what: 'a change of a child that is not there',
    method: 'PATCH',
    path: '/api/v1/children/none',
    body: { age: 6 },
    status: 404,
    reason: 'CHILD_NOT_FOUND',
  },
  {
    what: 'a hero without a language',
    path: '/api/v1/heroes',
    body: { name: 'Torvald' },
    status: 400,
    reason: 'INVALID_REQUEST',
    field: 'language',
  },
  {
    what: 'a change of a hero that is not there',
    method: 'PATCH',
    path: '/api/v1/heroes/none',
    body: { appearance: 'tall' },
    status: 404,
    reason: 'HERO_NOT_FOUND',
  },
  {
    what: 'a term that nobody knows',
    path: '/api/v1/definitions',
    body: { term: 'qwrtzp' },
    status: 404,
    reason: 'TERM_UNKNOWN',
  },
  {
    what: 'a term of nothing',
    path: '/api/v1/definitions',
    body: { term: '' },
    status: 400,
    reason: 'INVALID_REQUEST',
    field: 'term',
  },
  {
    what: 'a definition that is not there',
    method: 'GET',
    path: '/api/v1/definitions/none',
    status: 404,
    reason: 'DEFINITION_NOT_FOUND',
  },
  {
    what: 'voices of a language that is none',
    method: 'GET',
    path: '/api/v1/voices?language=?',
    status: 400,
    reason: 'INVALID_REQUEST',
    field: 'language',
  },
  { what: 'a route that is not there', method: 'GET', path: '/api/v1/poems', status: 404, reason: 'ROUTE_NOT_FOUND' },
].map((request) => ({ path: GENERATE, method: 'POST', ...request }));
