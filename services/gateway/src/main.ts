import { edgeIdentity, live } from '@exempla/rpc';
import { readConfig } from './config.ts';
import { startGateway } from './gateway.module.ts';

await live('gateway', async (settings, logger) => {
  const config = readConfig(settings);
  const identity = await edgeIdentity();
  return () => startGateway(config, { identity, logger });
});
