export * from './definition.ts';
export * from './definition-error.ts';
export * from './definition-keys.ts';
export * from './definition-store.ts';
export * from './create-definition.ts';
export * from './change-definition.ts';
export * from './read-definitions.ts';
