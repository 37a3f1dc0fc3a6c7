import { beforeAll, describe, expect, it } from '@jest/globals';
import { readImage } from '@exempla/contracts';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { EventStoreServiceDefinition } from '@exempla/contracts/storage/v1/event_store_service';
import { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { methodPolicy, type GenericService } from '@exempla/rpc';
import { forwardedServices, readRegistry, type ForwardedService } from '../../src/connect/forwarded-services.ts';

const GENERATED: GenericService[] = [
  SpeechServiceDefinition,
  ExampleServiceDefinition,
  ChildServiceDefinition,
  DefinitionServiceDefinition,
  HeroServiceDefinition,
  StoryServiceDefinition,
  BudgetServiceDefinition,
  ChildStoreServiceDefinition,
  DefinitionStoreServiceDefinition,
  EventStoreServiceDefinition,
  HeroStoreServiceDefinition,
  ObjectServiceDefinition,
  StoryStoreServiceDefinition,
];

/** Without what only services may call. */
const open = (service: GenericService): GenericService => ({
  ...service,
  methods: Object.fromEntries(
    Object.entries(service.methods).filter(([, method]) => methodPolicy(method).access !== 'service'),
  ),
});

/** What a client goes by, of each method by its name. */
const described = ({ methods }: GenericService) =>
  Object.fromEntries(
    Object.entries(methods).map(([key, method]) => [
      key,
      {
        name: method.name,
        kind: [method.requestStream, method.responseStream],
        policy: methodPolicy(method),
        repeatable: method.options?.idempotencyLevel ?? 'IDEMPOTENCY_UNKNOWN',
      },
    ]),
  );

describe('services read from the image', () => {
  let services: ForwardedService[];
  beforeAll(async () => {
    services = forwardedServices(readRegistry(await readImage()));
  });

  it('are all there are, each with who serves it', () => {
    const names = services.map(({ definition, server }) => `${server} ${definition.fullName}`);
    expect(names.toSorted()).toEqual(
      GENERATED.map(({ fullName }) => `${fullName.split('.')[1]} ${fullName}`).toSorted(),
    );
  });

  it.each(GENERATED)(
    '$fullName: methods, kinds, deadlines, access and repeats are those of the generated code',
    (service) => {
      const read = services.find(({ definition }) => definition.fullName === service.fullName)!;
      expect(described(read.definition)).toEqual(described(open(service)));
    },
  );

  it('do not show what only services may call: nobody from outside reserves or settles', () => {
    const { methods } = services.find(
      ({ server, definition }) => server === 'storage' && definition.name === 'BudgetService',
    )!;
    expect(methods.map(({ localName }) => localName).sort()).toEqual(['getBudget', 'listUsage', 'setBudget']);
  });
});
