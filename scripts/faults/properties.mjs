// What is promised, each promise taken away once: the spec that guards it has to go red.
//
// promise  what is lost
// file     where it is kept
// from, to the edit that takes it away
// spec     the test file that has to notice
// test     part of the title of the one test to run, where the others would take long to fail
// always   true where it is in every sample
// stays    'green' where what is taken away is kept a second time, and the spec must not notice

import { BACKUP_FAULTS } from './backups.mjs';
import { BUDGET_FAULTS } from './budgets.mjs';
import { COMMAND_FAULTS } from './commands.mjs';
import { CONNECT_FAULTS } from './connect.mjs';
import { DOWNLOAD_FAULTS } from './downloads.mjs';
import { EVENT_RACE_FAULTS } from './event-races.mjs';
import { EVENT_FAULTS } from './events.mjs';
import { EVENTSOURCING_FAULTS } from './eventsourcing.mjs';
import { GATEWAY_FAULTS } from './gateway.mjs';
import { MODEL_EXAMPLE_FAULTS } from './model-examples.mjs';
import { MODEL_STORY_FAULTS } from './model-stories.mjs';
import { OBJECT_FAULTS } from './objects.mjs';
import { PROVIDER_FAULTS } from './providers.mjs';
import { RECORD_FAULTS } from './records.mjs';
import { RPC_SERVER_FAULTS } from './rpc-server.mjs';
import { RPC_FAULTS } from './rpc.mjs';
import { SOUND_FAULTS } from './sounds.mjs';
import { STORY_FAULTS } from './stories.mjs';
import { STORY_FAILURE_FAULTS } from './story-faults.mjs';
import { STORY_PAGE_FAULTS } from './story-page.mjs';
import { TELEMETRY_FAULTS } from './telemetry.mjs';
import { TENANCY_FAULTS } from './tenancy.mjs';
import { TEXT_FAULTS } from './text.mjs';
import { VOICE_FAULTS } from './voices.mjs';

export const PROPERTY_FAULTS = [
  ...BACKUP_FAULTS,
  ...BUDGET_FAULTS,
  ...COMMAND_FAULTS,
  ...CONNECT_FAULTS,
  ...DOWNLOAD_FAULTS,
  ...EVENT_RACE_FAULTS,
  ...EVENT_FAULTS,
  ...EVENTSOURCING_FAULTS,
  ...GATEWAY_FAULTS,
  ...MODEL_EXAMPLE_FAULTS,
  ...MODEL_STORY_FAULTS,
  ...OBJECT_FAULTS,
  ...PROVIDER_FAULTS,
  ...RECORD_FAULTS,
  ...RPC_FAULTS,
  ...RPC_SERVER_FAULTS,
  ...SOUND_FAULTS,
  ...STORY_FAULTS,
  ...STORY_FAILURE_FAULTS,
  ...STORY_PAGE_FAULTS,
  ...TELEMETRY_FAULTS,
  ...TENANCY_FAULTS,
  ...TEXT_FAULTS,
  ...VOICE_FAULTS,
];
