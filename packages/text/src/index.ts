export { BudgetedText, type BudgetedTextOptions } from './budgeted-text.ts';
export { GenerationInfos, type GenerationInfo } from './openai/generation-info.ts';
export { OpenAiText } from './openai/openai-text.ts';
export type { ModelOptions, OpenAiTextOptions, UpstreamOptions } from './openai/options.ts';
export { isOutage } from './outage.ts';
export { exactly, type Counted } from './prompts/exact-count.ts';
export { distinct, listItems, type ItemOptions } from './prompts/items.ts';
export { definePrompt } from './prompts/prompt.ts';
export { TEXT_DOMAIN, TEXT_REASONS, TextError, type TextReason } from './text-error.ts';
export type {
  Message,
  ObjectReply,
  ObjectRequest,
  Priority,
  Receipt,
  TextCall,
  TextGenerator,
  TextPart,
  TextReply,
  TextRequest,
  Usage,
} from './text-generator.ts';
export { readTextOptions } from './text-settings.ts';
export { costMicros, maxCostMicros, type Price, type TokenCount } from './usage.ts';
