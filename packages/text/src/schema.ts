import { Ajv, type ValidateFunction } from 'ajv';
import { AnswerError } from './openai/answer-error.ts';

const ajv = new Ajv({ strict: false, allErrors: false, addUsedSchema: false });
/** Schemas are written once and used for each call. */
const compiled = new WeakMap<object, ValidateFunction>();

/** A check against a JSON schema; throws when it is none. */
export function schemaCheck(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const fits = ajv.compile(schema);
  compiled.set(schema, fits);
  return fits;
}

const FENCED = /^```(?:json)?[^\S\n]*\n([\s\S]*)```$/i;

/** The object in an answer. Models like to put a fence around it, in spite of what they were told. */
export function answerOf<T>(text: string, fits: ValidateFunction): T {
  const json = FENCED.exec(text.trim())?.[1] ?? text;
  const value = parsed(json);
  if (fits(value)) return value as T;
  const [error] = fits.errors ?? [];
  throw new AnswerError('schema', `${error?.instancePath || 'the answer'} ${error?.message ?? 'does not fit'}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new AnswerError('schema', 'the answer is no JSON');
  }
}
