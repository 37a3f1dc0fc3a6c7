import { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { EventStoreServiceDefinition } from '@exempla/contracts/storage/v1/event_store_service';
import { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';

/** What is served. */
export const services = [
  BudgetServiceDefinition,
  ChildStoreServiceDefinition,
  DefinitionStoreServiceDefinition,
  EventStoreServiceDefinition,
  HeroStoreServiceDefinition,
  ObjectServiceDefinition,
  StoryStoreServiceDefinition,
];
