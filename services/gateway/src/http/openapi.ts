import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import { Type } from 'typebox';
import { PROBLEM_TYPE, ProblemSchema } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers that are not JSON, by status: the media types of each. */
    media?: Readonly<Record<string, string | readonly string[]>>;
    /** Headers that a route reads beside those that all do; they are checked where they are read. */
    reads?: readonly (keyof typeof HEADERS)[];
  }
}

const INFO = {
  title: 'Exempla',
  version: '1',
  description: 'Stories for children, written and read aloud; terms, defined with examples.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};
const TAGS = {
  stories: 'Stories: written, kept, read aloud, rated.',
  children: 'Children that stories are told to.',
  heroes: 'Heroes that stories are of.',
  definitions: 'Terms, defined with examples of six kinds.',
  voices: 'Voices that read aloud.',
  usage: 'What was used of models and voices, and the budget for it.',
};

const text = (maxLength: number, description: string) => Type.Optional(Type.String({ maxLength, description }));
const HEADERS = {
  'exempla-timeout-ms': Type.Optional(
    Type.Integer({ minimum: 1, description: 'The time there is, in milliseconds; cut to the maximum of the method.' }),
  ),
  'idempotency-key': text(100, 'Same key, same answer.'),
  'if-match': text(66, 'The etag of the only version that is meant.'),
  'if-none-match': text(66, 'The etag of the version that is there already.'),
  'if-range': text(66, 'The etag of the version of which a range is wanted.'),
  range: text(50, 'One range of bytes.'),
};

/** Describes every route that has a tag, from its schemas: to be registered before them. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: INFO,
      servers: [{ url: '/', description: 'This gateway' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        },
      },
      security: [{ bearer: [] }, { key: [] }],
    },
    hideUntagged: true,
    // Routes without a schema come here too.
    transform: ({ schema, url, route }) => ({ schema: schema?.tags ? completed(schema, route) : schema, url }),
  });
  let document: Buffer | undefined;
  app.get('/openapi.json', (_request, reply) => {
    document ??= Buffer.from(JSON.stringify(app.swagger()));
    return reply.type('application/json; charset=utf-8').send(document);
  });
}

/** The description for people, at `/docs`. */
export async function showDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { layout: 'BaseLayout' },
    staticCSP: {
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': ["'self'", 'data:'],
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    },
  });
}

const problem = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: ProblemSchema } } });

/** What every route reads and may answer, and what a route answers that is not JSON. */
function completed(schema: FastifySchema, { config }: RouteOptions): FastifySchema {
  const answers: Record<string, unknown> = { ...(schema.response as object | undefined) };
  for (const [status, types] of Object.entries(config?.media ?? {})) {
    const json = answers[status];
    const content = {
      ...(json ? { 'application/json': { schema: json } } : {}),
      ...Object.fromEntries([types].flat().map((type) => [type, { schema: { type: 'string' } }])),
    };
    answers[status] = { description: 'As it is there', content };
  }
  if (config?.reads?.includes('if-none-match')) answers['304'] = Type.Null({ description: 'As the client has it' });
  answers['4XX'] = problem('The request is at fault');
  answers['5XX'] = problem('It could not be done');
  const read = ['exempla-timeout-ms', ...(config?.reads ?? [])] as const;
  const headers = Type.Object(Object.fromEntries(read.map((name) => [name, HEADERS[name]])));
  return { ...schema, headers, response: answers };
}
