import { status, StatusError } from '@exempla/rpc';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { GenerateStory, type GeneratedStoryWithId } from '../../src/rest/schemas/generate-story.ts';
import type { StoredStory } from '../../src/rest/schemas/stories.ts';

const PARAGRAPHS = [
  'On the edge of the village, where the last lamp stood, Mia counted the stars every evening before bed.',
  '“One is missing,” she whispered. The smallest star, the one above the chimney, had gone out like a candle.',
  'A fox with a white tip to its tail looked up from the garden wall. “I know where it fell,” said the fox. “But the path is dark.”',
  'Mia took her little lantern, and together they walked past the mill and over the stream, stone by stone by stone.',
  'There it lay, in the moss, no bigger than a plum. It was cold, and it was ashamed of having fallen.',
  '“Everybody falls,” said Mia. She wrapped the star in her scarf, and held it until it was warm, and it began to shine.',
];

const story = (id: string, told: Partial<StoredStory> = {}): StoredStory => ({
  id,
  title: 'Mia and the Smallest Star',
  content: PARAGRAPHS.join('\n\n'),
  summary: 'A star falls, and is warmed until it shines.',
  moral: 'kindness',
  kind: 'child',
  language: 'en',
  child_id: '7',
  child_name: 'Mia',
  child_age: 5,
  child_gender: 'female',
  child_interests: ['stars', 'foxes'],
  hero_id: null,
  previous_story_id: null,
  story_length: 5,
  rating: null,
  score: null,
  audio_file_url: null,
  audio_provider: null,
  audio_generation_metadata: null,
  model_used: 'offline-grammar',
  etag: '1',
  created_at: '2026-11-20T19:30:00Z',
  updated_at: '2026-11-20T19:30:00Z',
  ...told,
});

/** A second of it: RIFF, 8,000 samples of 8 bits. */
const SILENCE = Buffer.concat([
  Buffer.from('52494646641f000057415645666d74201000000001000100401f0000401f00000100080064617461401f0000', 'hex'),
  Buffer.alloc(8000, 128),
]);

/** The routes the page calls, answered from a recording; a test holds back what it wants to see under way. */
export class RecordedStories {
  stories = [
    story('2', { title: 'The Lantern Under the Hill', child_name: 'Noor', rating: 9 }),
    story('1', { title: 'A Boat of Walnut Shell', story_length: 3 }),
  ];
  /** Refuses the next generation so. */
  refusal: StatusError | undefined;
  /** A generation stops after its second paragraph until this is resolved. */
  hold: Promise<void> = Promise.resolve();
  /** And before its end, when the story is saved, until this is. */
  holdEnd: Promise<unknown> = Promise.resolve();
  nextPageToken = '';
  /** Bodies of POST /stories/generate, and how many of their callers went away. */
  readonly asked: GenerateStory[] = [];
  readonly keys: unknown[] = [];
  degraded: GeneratedStoryWithId['degraded'] = [];
  /** What a model writes before: told first, and held there. */
  drafts: { attempt: number; title: string; text: string }[] = [];
  gone = 0;

  readonly door: FastifyPluginAsync = async (scope) => {
    scope.post<{ Body: GenerateStory }>(
      '/api/v1/stories/generate',
      { schema: { body: GenerateStory } },
      (request, reply) => {
        this.asked.push(request.body);
        this.keys.push(request.headers['idempotency-key']);
        const { refusal } = this;
        this.refusal = undefined;
        if (refusal) throw refusal;
        reply.hijack();
        return this.#tell(request.body, reply);
      },
    );
    scope.get('/api/v1/stories', () => ({ stories: this.stories, next_page_token: this.nextPageToken }));
    scope.get('/api/v1/stories/:id/audio', (_, reply) => reply.type('audio/wav').send(SILENCE));
    scope.get<{ Params: { id: string } }>('/api/v1/stories/:id', ({ params }) => this.#find(params.id));
    scope.post<{ Params: { id: string }; Body: { rating: number } }>('/api/v1/stories/:id/rate', ({ params, body }) =>
      Object.assign(this.#find(params.id), body),
    );
    scope.delete<{ Params: { id: string } }>('/api/v1/stories/:id', ({ params }, reply) => {
      const found = this.#find(params.id);
      this.stories = this.stories.filter((other) => other !== found);
      return reply.code(204).send();
    });
  };

  async #tell({ child, story_length }: GenerateStory, { raw }: FastifyReply): Promise<void> {
    const send = (event: string, data: object) => raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    raw.once('close', () => (this.gone += raw.writableFinished ? 0 : 1));
    raw.writeHead(200, { 'content-type': 'text/event-stream' });
    const told = story(String(this.stories.length + 1), {
      child_name: child?.name ?? null,
      story_length: story_length ?? 5,
    });
    for (const draft of this.drafts) send('draft', draft);
    if (this.drafts.length > 0) await this.hold;
    send('title', { title: told.title });
    for (const text of PARAGRAPHS.slice(0, 2)) send('text', { text });
    await this.hold;
    for (const text of PARAGRAPHS.slice(2)) send('text', { text });
    this.stories = [told, ...this.stories];
    send('saved', told);
    await this.holdEnd;
    const { id, title, content, moral, language, rating, audio_file_url } = told;
    const done: GeneratedStoryWithId = {
      id,
      title,
      content,
      moral,
      language,
      rating,
      audio_file_url,
      story_length: told.story_length,
    };
    send('done', { ...done, degraded: this.degraded });
    raw.end();
  }

  #find(id: string) {
    const found = this.stories.find((candidate) => candidate.id === id);
    if (!found) throw new StatusError(status.NOT_FOUND, 'STORY_NOT_FOUND', `there is no story ${id}`);
    return found;
  }
}
