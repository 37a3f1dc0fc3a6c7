export * from './hero.ts';
export * from './heroes.ts';
