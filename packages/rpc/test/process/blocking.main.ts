import { readFile } from 'node:fs/promises';
import { Controller, Module, type OnApplicationShutdown } from '@nestjs/common';
import { RpcMethod, serve } from '../../src/index.ts';
import { ProbeServiceDefinition, type AskResponse } from '../gen/exempla/rpctest/v1/probe_service.ts';

const { ask } = ProbeServiceDefinition.methods;
const Definition = { ...ProbeServiceDefinition, methods: { ask } };

function holdTheLoopFor(ms: number): number {
  const end = performance.now() + ms;
  let sum = 0;
  while (performance.now() < end) sum += Math.sqrt(sum + 1);
  return sum;
}

@Controller()
class BlockingController {
  @RpcMethod(Definition, 'ask')
  async ask(): Promise<AskResponse> {
    holdTheLoopFor(900);
    return { text: 'done', deadlineLeftMs: 0n };
  }
}
@Module({ controllers: [BlockingController] })
class BlockingModule implements OnApplicationShutdown {
  /** As a database that stands still: no answer, and no error. */
  async onApplicationShutdown(): Promise<void> {
    if (process.env.EXEMPLA_BLOCKING_STUCK) await new Promise(() => {});
  }
}

await serve('blocking', async (settings) => ({
  host: '127.0.0.1',
  port: settings.port('EXEMPLA_BLOCKING_PORT', 0),
  module: BlockingModule,
  definitions: [Definition],
  image: await readFile(new URL('../gen/probe.binpb', import.meta.url)),
  errors: { domain: 'blocking.test', codes: {} },
  drainNoticeMs: 0,
}));
