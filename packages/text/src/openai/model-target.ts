import type OpenAI from 'openai';
import type { Target } from '@exempla/upstream';
import type { Price } from '../usage.ts';
import type { Asked } from './chat.ts';

/** One model, and the upstream it is at. */
export interface ModelTarget extends Target {
  readonly client: OpenAI;
  readonly dialect: Asked['dialect'];
  readonly extraBody: Asked['extraBody'];
  readonly price: Price | undefined;
}
