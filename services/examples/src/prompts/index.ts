export { definitionData, kindData, type DefinitionData, type KindData } from './data.ts';
export { DEFINITION_INSTRUCTIONS, IMPROVEMENT_INSTRUCTIONS, KIND_INSTRUCTIONS } from './instructions.ts';
