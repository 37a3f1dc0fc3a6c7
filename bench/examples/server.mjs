// The examples service with a model, as a process that serves GenerateExamples in one of the ways: node server.mjs <options>.
import 'reflect-metadata';
import { Controller, Inject } from '@nestjs/common';
import { readImage } from '@exempla/contracts';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { RpcMethod, Settings, startServer } from '@exempla/rpc';
import { readConfig } from '../../services/examples/dist/config.js';
import { ExamplesModule } from '../../services/examples/dist/examples.module.js';
import { errorTable } from '../../services/examples/dist/grpc/error-codes.js';
import { EXAMPLE_PROVIDERS } from '../../services/examples/dist/grpc/example.controller.js';
import { fromExamples, toBudget, toExamplesRequest } from '../../services/examples/dist/grpc/mapping.js';
import { answerCommands } from '../processes.mjs';
import { WAYS } from './ways.mjs';

const { way, env } = JSON.parse(process.argv[2]);
/** The one method that is measured. */
const GENERATE_EXAMPLES = {
  ...ExampleServiceDefinition,
  methods: { generateExamples: ExampleServiceDefinition.methods.generateExamples },
};

/** The product's module with a door that serves it in another way. */
class ExampleDoor {
  #make;
  constructor(providers) {
    this.#make = WAYS[way](providers);
  }
  async generateExamples(request, context) {
    return fromExamples(await this.#make(toExamplesRequest(request), toBudget(context)));
  }
}
const method = Object.getOwnPropertyDescriptor(ExampleDoor.prototype, 'generateExamples');
Controller()(ExampleDoor);
Inject(EXAMPLE_PROVIDERS)(ExampleDoor, undefined, 0);
RpcMethod(ExampleServiceDefinition, 'generateExamples')(ExampleDoor.prototype, 'generateExamples', method);

const config = await readConfig(new Settings('examples', env));
const server = await startServer({
  service: 'examples',
  host: '127.0.0.1',
  port: 0,
  module: { ...ExamplesModule.register(config, { warn: console.error }), controllers: [ExampleDoor] },
  definitions: [GENERATE_EXAMPLES],
  image: await readImage(),
  errors: errorTable,
});
answerCommands({}, { port: server.port });
