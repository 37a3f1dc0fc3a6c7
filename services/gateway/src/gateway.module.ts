import { readImage } from '@exempla/contracts';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import {
  createClient,
  edgeIdentity,
  openChannel,
  type Channel,
  type GenericService,
  type RpcClient,
} from '@exempla/rpc';
import type { Logger } from '@exempla/telemetry';
import type { GatewayConfig } from './config.ts';
import { connectDoor } from './connect/connect-door.ts';
import { readApiKeys } from './http/api-keys.ts';
import { createEdge, type Edge } from './http/app.ts';
import { demandCredentials, type Credentials } from './http/authentication.ts';
import { withWholeDeadline } from './http/whole-deadline.ts';
import { pageDoor } from './page/page-door.ts';
import type { Peers } from './rest/peers.ts';
import { listen, type RunningEdge } from './http/running-edge.ts';
import { restDoor } from './rest/rest-door.ts';

const edgeClient = <S extends GenericService>(service: S, channel: Channel): RpcClient<S> =>
  withWholeDeadline(createClient(service, channel));

/** The services behind the gateway, a channel each. */
function openPeers(config: GatewayConfig): { peers: Peers; close: () => void } {
  const orchestrator = openChannel(config.orchestratorTarget, [
    ChildServiceDefinition,
    DefinitionServiceDefinition,
    HeroServiceDefinition,
    StoryServiceDefinition,
  ]);
  const audio = openChannel(config.audioTarget, [SpeechServiceDefinition]);
  const storage = openChannel(config.storageTarget, [BudgetServiceDefinition, ObjectServiceDefinition]);
  const peers = {
    stories: edgeClient(StoryServiceDefinition, orchestrator),
    children: edgeClient(ChildServiceDefinition, orchestrator),
    heroes: edgeClient(HeroServiceDefinition, orchestrator),
    definitions: edgeClient(DefinitionServiceDefinition, orchestrator),
    speech: edgeClient(SpeechServiceDefinition, audio),
    budgets: edgeClient(BudgetServiceDefinition, storage),
    objects: edgeClient(ObjectServiceDefinition, storage),
  };
  return { peers, close: () => [orchestrator, audio, storage].forEach((channel) => channel.close()) };
}

/** Whom the gateway believes. Fails where that would be nobody. */
export async function readCredentials({ apiKeysFile }: GatewayConfig): Promise<Credentials> {
  const credentials = { identity: await edgeIdentity(), apiKeys: await readApiKeys(apiKeysFile) };
  demandCredentials(credentials);
  return credentials;
}

interface Surroundings {
  credentials: Credentials;
  logger: Logger;
}

/** Starts the gateway and returns when it listens. */
export async function startGateway(config: GatewayConfig, surroundings: Surroundings): Promise<RunningEdge> {
  const edge = await openGateway(config, surroundings);
  const { host, port, telemetry } = config;
  return listen(edge, { service: 'gateway', host, port, telemetry, logger: surroundings.logger });
}

/** The gateway with all its doors; it does not listen yet. */
async function openGateway(config: GatewayConfig, { credentials, logger }: Surroundings): Promise<Edge> {
  const { peers, close } = openPeers(config);
  const targets = {
    orchestrator: config.orchestratorTarget,
    examples: config.examplesTarget,
    audio: config.audioTarget,
    storage: config.storageTarget,
  };
  const connect = connectDoor({ targets, image: await readImage(), logger });
  const edge = await createEdge({
    logger,
    credentials,
    ...config.limits,
    trustedHops: config.trustedHops,
    corsOrigins: config.corsOrigins,
    doors: [restDoor(peers), connect],
    open: [pageDoor()],
  });
  edge.app.addHook('onClose', async () => close());
  return edge;
}
