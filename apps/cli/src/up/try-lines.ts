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

/**
 * Commands to paste, each on two lines so that they fit a terminal of 80 columns. Every service describes itself through
 * reflection, so no proto file is needed.
 */
export const tryLines = (addressOf: (service: string) => string): string[] =>
  CALLS.flatMap(({ service, method, request }) => [
    `grpcurl -plaintext -d '${request}' \\`,
    `${addressOf(service)} ${method}`,
  ]);
