export type { Assessment, Violation } from './assess-definition.ts';
export { assessDefinition } from './assess-definition.ts';
export type { DefinitionSubject, Family, Rule, Verdict } from './rule.ts';
export { rules } from './rules.ts';
