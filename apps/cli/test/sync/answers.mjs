// A script of somebody who cannot await: one answer, one stream, one refusal.
import { createSyncClient } from '@exempla/cli/sync';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';

const speech = createSyncClient(SpeechServiceDefinition);
const { voices } = speech.listVoices({});
const parts = speech.synthesize({ text: 'Good night' });
const bytes = parts.reduce((sum, { part }) => sum + (part.$case === 'chunk' ? part.value.length : 0), 0);
let refused;
try {
  speech.synthesize({ text: 'x', voice: 'nobody' });
} catch ({ name, code, reason }) {
  refused = { name, code, reason };
}
console.log('RESULT', JSON.stringify({ voices, bytes, refused }));
