export * from './child.ts';
export * from './children.ts';
