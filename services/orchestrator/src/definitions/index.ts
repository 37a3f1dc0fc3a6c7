export { deleteDefinition } from './delete-definition.ts';
export { DefinitionError, type DefinitionReason } from './definition-error.ts';
export { generateDefinition } from './generate-definition.ts';
export type * from './ports.ts';
export * from './types.ts';
