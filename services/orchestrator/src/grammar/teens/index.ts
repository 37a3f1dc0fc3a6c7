export { companionsOfTeens } from './companions.ts';
export { helpedOfTeens, unaidedOfTeens } from './episodes.ts';
export * as teenFrame from './frame.ts';
export { miniaturesOfTeens } from './miniatures.ts';
export { moralsOfTeens } from './morals.ts';
export { wrongTriesOfTeens } from './tries.ts';
