/** `objects/{path}` of the narration of `definitions/{id}`: derived from its name, so that no sound is ever lost. */
export const narrationObject = (definition: string): string => `objects/${definition}/narration.wav`;
