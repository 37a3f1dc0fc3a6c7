/** What a service asks outside of the mesh. */
export type Asks = 'text' | 'speech';

/** The variables that name providers and their keys, and of those the ones of who asks. */
const OF_PROVIDERS = /^(?:OPENAI|ELEVENLABS)_/;
const OF: Readonly<Record<Asks, RegExp>> = { text: /^OPENAI_(?!SPEECH_|TTS_)/, speech: OF_PROVIDERS };

/** For the service that stores, which is given its own. */
const OF_THE_STORE = ['DATABASE_URL', 'DATABASE_ADMIN_URL'].flatMap((name) => [name, `${name}_FILE`]);

/**
 * What a service of the development mesh on this machine inherits. Keys of providers go to those that ask them and to no
 * other process.
 */
export function baseEnvironment(env: NodeJS.ProcessEnv, asks?: Asks): Record<string, string> {
  const isKeptBack = (name: string): boolean => OF_PROVIDERS.test(name) && !(asks && OF[asks].test(name));
  const withheld = (name: string): boolean =>
    OF_THE_STORE.includes(name) || name === 'NODE_OPTIONS' || isKeptBack(name);
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || withheld(name) ? [] : [[name, value] as const],
  );
  const all = Object.fromEntries(kept);
  // Not one port for all: each takes a free one and names it in its `listening` line.
  if (all.EXEMPLA_METRICS_PORT) all.EXEMPLA_METRICS_PORT = '0';
  return { ...all, NODE_ENV: 'development', EXEMPLA_DEV: '1', EXEMPLA_LOG_LEVEL: 'info' };
}

/** Whether the environment names a provider of what a service asks. */
export const namesProvider = (env: NodeJS.ProcessEnv, asks: Asks): boolean =>
  Object.entries(env).some(([name, value]) => value && OF[asks].test(name));
