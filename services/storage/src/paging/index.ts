export * from './list-position.ts';
export * from './page.ts';
export * from './page-token-error.ts';
export * from './page-tokens.ts';
