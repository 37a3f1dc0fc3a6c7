// Runs the service that the first argument names, and calls it from inside without await.
import { createSyncClient } from '@exempla/cli/sync';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { servingHere } from '@exempla/rpc';

await import(process.argv[2]);
while (servingHere().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
const speech = createSyncClient(SpeechServiceDefinition);
const began = performance.now();
try {
  speech.listVoices({});
} catch ({ reason, message }) {
  console.log('RESULT', JSON.stringify({ reason, message, ms: performance.now() - began }));
}
process.exit(0);
