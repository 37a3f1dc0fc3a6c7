import { SERVICES, variable } from '@exempla/launch/services';

/** A call to try for each service, in the order of the printed list. */
const CALLS: readonly { service: string; method: string; request: string }[] = [
  {
    service: 'orchestrator',
    method: 'exempla.orchestrator.v1.DefinitionService/GenerateDefinition',
    request: '{"term":"river","allow_duplicate":true}',
  },
  {
    service: 'examples',
    method: 'exempla.examples.v1.ExampleService/GenerateExamples',
    request: '{"term":"river"}',
  },
  { service: 'audio', method: 'exempla.audio.v1.SpeechService/ListVoices', request: '{}' },
  { service: 'storage', method: 'exempla.storage.v1.DefinitionStoreService/ListDefinitions', request: '{}' },
];

/** Requests to try at the gateway: one of REST, one of an RPC. */
const REQUESTS: readonly { path: string; body: string }[] = [
  {
    path: '/api/v1/stories/generate',
    body: '{"child":{"name":"Mia","age":5,"interests":["stars"]},"language":"en"}',
  },
  { path: '/exempla.orchestrator.v1.StoryService/ListStories', body: '{}' },
];

/** A command of `exempla`, with the port of this mesh where that is not the usual one. */
function commandAt(address: string): string {
  const usual = SERVICES.find(({ name }) => name === 'orchestrator')?.port;
  const { port } = new URL(`http://${address}`);
  const at = port === String(usual) ? '' : `${variable('orchestrator', 'PORT')}=${port} `;
  return `${at}npx exempla story --child Mia --age 5 --interests stars`;
}

/**
 * What to do first, and commands to paste, the longer ones on two lines so that they fit a terminal of 80 columns. Every service describes itself through
 * reflection, so no proto file is needed.
 */
export const tryLines = (addressOf: (service: string) => string): string[] => [
  `Open http://${addressOf('gateway')} in a browser for bedtime stories`,
  commandAt(addressOf('orchestrator')),
  ...REQUESTS.flatMap(({ path, body }) => [`curl --json '${body}' \\`, `http://${addressOf('gateway')}${path}`]),
  ...CALLS.flatMap(({ service, method, request }) => [
    `grpcurl -plaintext -d '${request}' \\`,
    `${addressOf(service)} ${method}`,
  ]),
];
