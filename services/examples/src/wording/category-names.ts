/** What the nouns of a lexicographer category name: `act` → `acts`. */
const NOUNS: Readonly<Record<string, string>> = {
  act: 'acts',
  animal: 'animals',
  artifact: 'things that people make',
  attribute: 'attributes',
  body: 'parts of the body',
  cognition: 'ideas',
  communication: 'messages and their means',
  event: 'events',
  feeling: 'feelings',
  food: 'food and drink',
  group: 'groups',
  location: 'places',
  motive: 'motives',
  object: 'natural objects',
  person: 'people',
  phenomenon: 'natural phenomena',
  plant: 'plants',
  possession: 'possessions',
  process: 'processes',
  quantity: 'quantities',
  relation: 'relations',
  shape: 'shapes',
  state: 'states',
  substance: 'substances',
  time: 'times',
};

/** Categories of verbs whose name is not what one says: `stative` → `being and having`. */
const VERBS: Readonly<Record<string, string>> = {
  body: 'bodily care',
  social: 'social life',
  stative: 'being and having',
};

/** `nouns for acts`, `verbs of motion`. */
export function categoryOfWords(pos: string, category: string): string {
  if (pos === 'noun') return `nouns for ${NOUNS[category] ?? category}`;
  return `${pos}s of ${VERBS[category] ?? category}`;
}
