import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { gate, type Gate } from './barrier.ts';
import { speak, type SpeechBehaviour } from './speech-answers.ts';
import type { SpeechAsked } from './speech-sound.ts';

/** What came in. */
export interface SpeechRequest extends SpeechAsked {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of `authorization`, or of `xi-api-key`. */
  readonly apiKey: string;
  /** Bytes of sound that the socket took. */
  readonly sent: () => number;
  /** Opens when the caller closed the connection before the answer was complete. */
  readonly left: Gate;
}

export interface ScriptedSpeech extends AsyncDisposable {
  /** For a client of ElevenLabs; with `/v1` for one of OpenAI. */
  readonly origin: string;
  readonly requests: readonly SpeechRequest[];
  /** Open connections. */
  readonly sockets: { readonly open: number };
  /** What the next requests get, one each; when the list is used up, the last goes on. */
  next(...behaviours: SpeechBehaviour[]): void;
}

/** A provider of voices as OpenAI and as ElevenLabs are spoken to, which does what the test says. */
export async function startScriptedSpeech(...script: SpeechBehaviour[]): Promise<ScriptedSpeech> {
  const requests: SpeechRequest[] = [];
  const sockets = { open: 0 };
  let behaviours = script;
  const following = (): SpeechBehaviour => {
    const [first = { type: 'speak' }] = behaviours;
    if (behaviours.length > 1) behaviours = behaviours.slice(1);
    return first;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const body = (await json(request)) as Record<string, unknown>;
    const asked = askedIn(url, body);
    if (!asked) return void response.writeHead(404).end();
    const left = gate();
    response.once('close', () => response.writableFinished || left.open());
    const { authorization = '', 'xi-api-key': key } = request.headers;
    const apiKey = typeof key === 'string' ? key : authorization.replace(/^Bearer /, '');
    let bytes = 0;
    requests.push({ path: url.pathname, body, apiKey, left, sent: () => bytes, ...asked });
    await speak(response, asked, { behaviour: following(), sent: (more) => (bytes += more) });
  };
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', (socket) => {
    sockets.open += 1;
    socket.once('close', () => (sockets.open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    sockets,
    next: (...more) => void (behaviours = more),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Undefined for a path that neither of them has. */
function askedIn({ pathname, searchParams }: URL, body: Readonly<Record<string, unknown>>): SpeechAsked | undefined {
  if (pathname === '/v1/audio/speech')
    return { text: String(body['input']), encoding: (body['response_format'] ?? 'mp3') as SpeechAsked['encoding'] };
  if (!/^\/v1\/text-to-speech\/[^/]+\/stream$/.test(pathname)) return undefined;
  const isPcm = searchParams.get('output_format')?.startsWith('pcm_');
  return { text: String(body['text']), encoding: isPcm ? 'pcm' : 'mp3' };
}
