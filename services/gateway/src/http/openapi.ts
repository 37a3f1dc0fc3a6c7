import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import { PROBLEM_TYPE, ProblemSchema } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers that are not JSON, by status: the media type of each. */
    media?: Readonly<Record<string, string>>;
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
    transform: ({ schema, url, route }) => ({ schema: schema?.tags ? withAllAnswers(schema, route) : schema, url }),
  });
  app.get('/openapi.json', () => app.swagger());
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

/** What every route may answer, and what a route answers that is not JSON. */
function withAllAnswers(schema: FastifySchema, { config }: RouteOptions): FastifySchema {
  const answers: Record<string, unknown> = { ...(schema.response as object | undefined) };
  for (const [status, type] of Object.entries(config?.media ?? {})) {
    const json = answers[status];
    const content = {
      ...(json ? { 'application/json': { schema: json } } : {}),
      [type]: { schema: { type: 'string' } },
    };
    answers[status] = { description: 'As it is there', content };
  }
  answers['4XX'] = problem('The request is at fault');
  answers['5XX'] = problem('It could not be done');
  return { ...schema, response: answers };
}
