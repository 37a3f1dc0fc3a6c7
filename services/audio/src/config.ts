import type { Settings } from '@exempla/rpc';

/** Settings of the audio service; each is `EXEMPLA_AUDIO_` and its name in capitals, but for those of the providers. */
export interface AudioConfig {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Pieces spoken at the same time by Flite; each takes a thread, and one more is kept warm. */
  readonly workers: number;
  /** Pieces that may wait for a worker before new calls are refused. */
  readonly maxWaiting: number;
  /** Empty: the first of ElevenLabs, else of OpenAI, else of Flite. */
  readonly defaultVoice: string;
  readonly fallbackVoices: readonly string[];
  /** Longest text an engine is given at once. */
  readonly maxPieceCharacters: number;
  readonly maxChunkBytes: number;
  readonly providers: ProviderSettings;
  /** Where the storage service is, which keeps the budgets that providers are paid from; `off` asks no budget. */
  readonly storageTarget: string;
  /** Path of an installed `espeak-ng`; `auto` takes the one on the search path, if there is one; empty for none. */
  readonly espeak: string;
  /** Where programs are, as `PATH` has it. */
  readonly searchPath: string;
}

/** A provider without settings is not there. */
export interface ProviderSettings {
  readonly openAi: (Account & { readonly languages: readonly string[] }) | undefined;
  readonly elevenLabs: Account | undefined;
  readonly pool: { readonly connections: number; readonly maxKeepalive: number };
  /** One request, until its first sound. */
  readonly httpTimeoutMs: number;
}

interface Account {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly voices: readonly { readonly name: string; readonly id: string }[];
  readonly formats: readonly Format[];
  /** Of a million characters, in micros. */
  readonly priceMicros: number | undefined;
}
type Format = 'wav' | 'mp3';

const OPENAI = 'https://api.openai.com/v1';
const OPENAI_VOICES = 'alloy,ash,ballad,coral,echo,fable,nova,onyx,sage,shimmer,verse';
/** As OpenAI lists them. */
const OPENAI_LANGUAGES =
  'en,af,ar,az,be,bg,bs,ca,cs,cy,da,de,el,es,et,fa,fi,fr,gl,he,hi,hr,hu,hy,id,is,it,ja,kk,kn,ko,lt,lv,mi,mk,mr,ms,' +
  'ne,nl,no,pl,pt,ro,ru,sk,sl,sr,sv,sw,ta,th,tl,tr,uk,ur,vi,zh';

/** The only reader of the environment. Rejects naming the variable that is wrong. */
export async function readConfig(settings: Settings): Promise<AudioConfig> {
  return Object.freeze({
    host: settings.text('EXEMPLA_AUDIO_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_AUDIO_PORT', 50053),
    workers: settings.integer('EXEMPLA_AUDIO_WORKERS', 2, { min: 1, max: 64 }),
    maxWaiting: settings.integer('EXEMPLA_AUDIO_MAX_WAITING', 64, { min: 0, max: 100_000 }),
    defaultVoice: settings.text('EXEMPLA_AUDIO_DEFAULT_VOICE', ''),
    fallbackVoices: Object.freeze(settings.list('EXEMPLA_AUDIO_FALLBACK_VOICES', '')),
    maxPieceCharacters: settings.integer('EXEMPLA_AUDIO_MAX_PIECE_CHARACTERS', 5_000, { min: 100, max: 5_000 }),
    maxChunkBytes: settings.integer('EXEMPLA_AUDIO_MAX_CHUNK_BYTES', 32_768, { min: 1_024, max: 65_536 }),
    storageTarget: settings.target('EXEMPLA_AUDIO_STORAGE_TARGET', '127.0.0.1:50054', { mayBeOff: true }),
    providers: {
      openAi: await readOpenAi(settings),
      elevenLabs: await readElevenLabs(settings),
      pool: {
        connections: settings.integer('HTTP_POOL_CONNECTIONS', 100, { min: 1, max: 10_000 }),
        maxKeepalive: settings.integer('HTTP_POOL_MAX_KEEPALIVE', 20, { min: 0, max: 10_000 }),
      },
      httpTimeoutMs: settings.seconds('HTTP_TIMEOUT', 60, { from: 1, to: 3600 }),
    },
    espeak: settings.text('EXEMPLA_AUDIO_ESPEAK', ''),
    searchPath: settings.text('PATH', '/usr/local/bin:/usr/bin:/bin'),
  });
}

/** There when voices are named, or with a key at OpenAI itself: a server of texts only has none. */
async function readOpenAi(settings: Settings): Promise<ProviderSettings['openAi']> {
  const textUrl = urlOf('OPENAI_BASE_URL', settings.text('OPENAI_BASE_URL', OPENAI));
  const baseUrl = urlOf('OPENAI_SPEECH_BASE_URL', settings.text('OPENAI_SPEECH_BASE_URL', textUrl));
  const ownKey = await settings.secret('OPENAI_SPEECH_API_KEY');
  const textKey = await settings.secret('OPENAI_API_KEY');
  // A key goes to the server it is for, and to no other.
  const apiKey = ownKey ?? (new URL(baseUrl).origin === new URL(textUrl).origin ? textKey : undefined);
  const isOpenAi = baseUrl.startsWith(OPENAI);
  const named = settings.list('OPENAI_TTS_VOICES', '');
  const model = settings.text('OPENAI_TTS_MODEL', 'gpt-4o-mini-tts');
  const languages = settings.list('OPENAI_TTS_LANGUAGES', OPENAI_LANGUAGES);
  const formats = formatsIn(settings, 'OPENAI_TTS_FORMATS');
  const priceMicros = priceIn(settings, 'OPENAI_TTS_PRICE');
  if (named.length === 0 && !(isOpenAi && apiKey)) return undefined;
  if (isOpenAi && !apiKey)
    throw new Error(`OPENAI_TTS_VOICES names voices of ${OPENAI}, for which OPENAI_API_KEY is needed`);
  const voices = (named.length > 0 ? named : OPENAI_VOICES.split(',')).map((entry) =>
    voiceOf('OPENAI_TTS_VOICES', entry),
  );
  return { baseUrl, apiKey: apiKey ?? 'none', model, voices, languages, formats, priceMicros };
}

async function readElevenLabs(settings: Settings): Promise<Account | undefined> {
  const apiKey = await settings.secret('ELEVENLABS_API_KEY');
  const baseUrl = urlOf('ELEVENLABS_BASE_URL', settings.text('ELEVENLABS_BASE_URL', 'https://api.elevenlabs.io'));
  const model = settings.text('ELEVENLABS_MODEL', 'eleven_multilingual_v2');
  const voices = settings.list('ELEVENLABS_VOICES', 'george=JBFqnCBsd6RMkjVDRZzb');
  const formats = formatsIn(settings, 'ELEVENLABS_FORMATS');
  const priceMicros = priceIn(settings, 'ELEVENLABS_PRICE');
  if (apiKey === undefined) return undefined;
  const named = voices.map((entry) => voiceOf('ELEVENLABS_VOICES', entry));
  return { baseUrl, apiKey, model, voices: named, formats, priceMicros };
}

/** `name`, or `name=id` where the provider calls it otherwise. */
function voiceOf(variable: string, entry: string): { name: string; id: string } {
  const [, name, id = name] = /^([^=\s]+)(?:=([^=\s]+))?$/.exec(entry) ?? [];
  if (name && id) return { name, id };
  throw new Error(`${variable} has "${entry}"; an entry is a name, or such as anna=21m00Tcm`);
}

const MICROS = 1_000_000;

/** Such as 15 or 0.50; nobody knows what it costs without. */
function priceIn(settings: Settings, variable: string): number | undefined {
  const text = settings.text(variable, '');
  if (text === '') return undefined;
  if (/^\d{1,6}(\.\d{1,6})?$/.test(text)) return Math.round(Number(text) * MICROS);
  throw new Error(`${variable} is "${text}"; it has to be the price of a million characters, such as 15`);
}

/** The first is what is made for those who do not say. */
const formatsIn = (settings: Settings, variable: string): Format[] =>
  settings.list(variable, 'wav,mp3').map((entry) => {
    if (entry === 'wav' || entry === 'mp3') return entry;
    throw new Error(`${variable} has "${entry}"; choose from wav, mp3`);
  });

function urlOf(variable: string, text: string): string {
  const url = URL.parse(text);
  if (url && (url.username || url.password))
    throw new Error(
      `${variable} carries a user or a password, which would be printed; keys have variables of their own`,
    );
  if (url && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '');
  throw new Error(`${variable} is "${text}"; it has to be a URL such as ${OPENAI}`);
}
