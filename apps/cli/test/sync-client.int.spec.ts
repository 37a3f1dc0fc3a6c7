import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { createSyncClient, SyncInAsyncContextError } from '@exempla/cli/sync';

const NOBODY = { target: '127.0.0.1:1' };

describe('the sync client where others wait', () => {
  it('refuses in a process that listens, whatever it listens for (S1-35)', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      expect(() => createSyncClient(SpeechServiceDefinition, NOBODY).listVoices({})).toThrow(SyncInAsyncContextError);
    } finally {
      await once(server.close(), 'close');
    }
  });
});
