import type { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import type { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import type { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import type { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import type { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import type { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import type { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import type { RpcClient } from '@exempla/rpc';

/** The services that REST speaks to. */
export interface Peers {
  stories: RpcClient<typeof StoryServiceDefinition>;
  children: RpcClient<typeof ChildServiceDefinition>;
  heroes: RpcClient<typeof HeroServiceDefinition>;
  definitions: RpcClient<typeof DefinitionServiceDefinition>;
  speech: RpcClient<typeof SpeechServiceDefinition>;
  budgets: RpcClient<typeof BudgetServiceDefinition>;
  objects: RpcClient<typeof ObjectServiceDefinition>;
}
