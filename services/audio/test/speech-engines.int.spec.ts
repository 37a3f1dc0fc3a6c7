import { startScriptedSpeech } from '@exempla/testing';
import { EspeakEngine } from '../src/adapters/espeak-engine.ts';
import { FliteEngine } from '../src/adapters/flite-engine.ts';
import { BeepingEngine, voice } from './beeping-engine.ts';
import { installBeeping } from './espeak/program.ts';
import { providerFaultsContract } from './provider-faults.contract.ts';
import { providerVoicesContract } from './provider-voices.contract.ts';
import { openProvider, PROVIDERS } from './providers.ts';
import { secondImplementationContract } from './second-implementation.contract.ts';
import { speechEngineContract } from './speech-engine.contract.ts';

// What these suites show: S3-46, S3-50, S3-120.
speechEngineContract('that beeps', async () => {
  const engine = new BeepingEngine([{ ...voice('beep', 'en'), formats: ['wav', 'mp3'] }]);
  engine.beforeSound = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { engine, close: async () => {} };
});

speechEngineContract('Flite', async () => {
  const engine = await FliteEngine.start({ workers: 1, maxWaiting: 10 });
  return { engine, close: () => engine.close() };
});

speechEngineContract('espeak-ng, with a program that beeps', async () => {
  const program = await installBeeping();
  const engine = await EspeakEngine.start({ program: program.path, path: '' }, { workers: 1, maxWaiting: 10 });
  const close = async (): Promise<void> => {
    engine.close();
    await program[Symbol.asyncDispose]();
  };
  return { engine, close };
});

for (const provider of PROVIDERS) {
  providerVoicesContract(provider);
  providerFaultsContract(provider);
  speechEngineContract(provider, async () => {
    const server = await startScriptedSpeech({ type: 'speak', overMs: 30 });
    const providers = await openProvider(provider, server);
    return {
      engine: providers.engines[0]!,
      close: async () => {
        await providers[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  });
}

secondImplementationContract();
