import { live } from '@exempla/rpc';
import { readConfig } from './config.ts';
import { readCredentials, startGateway } from './gateway.module.ts';

await live('gateway', async (settings, logger) => {
  const config = readConfig(settings);
  const credentials = await readCredentials(config);
  return () => startGateway(config, { credentials, logger });
});
