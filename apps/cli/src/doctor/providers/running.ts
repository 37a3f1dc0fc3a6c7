import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { RemoteError } from '@exempla/rpc/client';
import type { Session } from '../../commands/session.ts';
import { PeerError } from '../../problems.ts';
import { harmless } from '../../terminal/text.ts';
import { type Check, ok, warn } from '../check.ts';

const LEXICAL = 'lexical';

/** The models of the mesh that runs, as its examples service has them; undefined when there is nobody to ask. */
export async function runningModels({ peers, around }: Session): Promise<readonly string[] | undefined> {
  try {
    const examples = await peers.client('examples', ExampleServiceDefinition);
    const { providers } = await examples.getCapabilities({}, peers.call());
    return providers.map(({ name }) => name).filter((name) => name !== LEXICAL);
  } catch (error) {
    around.signal.throwIfAborted();
    if (error instanceof RemoteError || error instanceof PeerError) return undefined;
    throw error;
  }
}

/** Whether the mesh that runs has the models of this environment: it may have been started with another one. */
export function checkRunning(named: readonly string[], running: readonly string[] | undefined): Check[] {
  if (running === undefined) return [];
  const missing = named.filter((model) => !running.includes(model));
  if (missing.length > 0)
    return [
      warn(
        'text',
        `the mesh that runs does not know ${missing.join(', ')}`,
        'It was started with other settings: start it again with these',
      ),
    ];
  if (named.length > 0 || running.length === 0) return [];
  return [
    ok(
      'text',
      `the mesh that runs asks ${harmless(running.join(', '))}; this environment names no provider, so none was asked here`,
    ),
  ];
}
