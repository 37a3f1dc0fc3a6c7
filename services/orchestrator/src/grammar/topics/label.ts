/** Things of which there are many, in the singular: one loves dogs and learns from octopuses, not from dog and octopus. */
const COUNTED = new Set(
  `acrobat aeroplane airplane alien animal ant astronaut ball ballerina bat bear bee beetle bicycle bike bird block board boat book
  bug bus butterfly cake camel car castle cat caterpillar chicken clown comet comic computer cookie cow crab crocodile crystal
  deer digger dino dinosaur dog doll dolphin donkey dragon dream drum duck eagle elephant elf engine excavator experiment fairy
  farm ferry fish flower fossil fox frog galaxy game garden ghost giant giraffe goat guinea hamster hedgehog helicopter hen hero horse
  hound insect invention island kangaroo king kite kitten knight ladybird ladybug lamb lemur lion lizard llama locomotive lorry
  machine magnet mammoth map marble mermaid monkey monster motorbike mountain mouse mummy mushroom ninja number ocean octopus otter owl
  panda parrot penguin pig pirate plane planet plant pony prince princess puppet puppy puzzle queen rabbit raccoon reptile
  riddle river robot rock rocket robin shark sheep shell ship sloth snail snake sock spaceship spider squid squirrel star stone story
  superhero sword tank teddy tiger toad tower tractor train treasure tree truck turtle unicorn vampire vegetable vehicle viking
  volcano wheel whale witch wizard wolf worm zebra`.split(/\s+/),
);

/** Words nobody writes with a capital but at the beginning of a line. */
const COMMON = new Set(
  `mud moon sun rain snow sand chess baking cooking drawing painting reading swimming dancing singing climbing skating football soccer
  tennis music maths science nature space magic ice the a an my and of in on with water recycling gymnastics ballet hockey
  origami sewing knitting fishing camping gardening judo karate yoga running cycling sport sports art arts crafts roller cream pancakes fire
  riding playing making building reading writing running watching collecting learning with and & in at for robotics coding`.split(
    /\s+/,
  ),
);

/** Names that telephones and parents write in small letters or with one capital. */
const NAMES: Readonly<Record<string, string>> = {
  lego: 'LEGO',
  duplo: 'DUPLO',
  minecraft: 'Minecraft',
  pokemon: 'Pokémon',
  pokémon: 'Pokémon',
  roblox: 'Roblox',
  barbie: 'Barbie',
};

/** One loves the guitar, not guitar. */
const INSTRUMENT = /^(?:piano|guitar|violin|flute|trumpet)$/;

const IRREGULAR: Readonly<Record<string, string>> = {
  deer: 'deer',
  sheep: 'sheep',
  fish: 'fish',
  squid: 'squid',
  mouse: 'mice',
  wolf: 'wolves',
  elf: 'elves',
  goose: 'geese',
  volcano: 'volcanoes',
};

export function plural(word: string): string {
  const known = IRREGULAR[word];
  if (known !== undefined) return known;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh|hero)$/.test(word) ? `${word}es` : `${word}s`;
}

const singularOf = (word: string): string => [...COUNTED].find((one) => plural(one) === word) ?? word.replace(/s$/, '');

const isCommon = (word: string): boolean => {
  const small = word.toLowerCase();
  return COMMON.has(small) || COUNTED.has(small) || COUNTED.has(singularOf(small));
};

/** `Chess` → `chess`, `THE MOON` → `the moon`; what may be a name, as in `Star Wars` and `my cat Tiger`, keeps its letters. */
function lettered(words: readonly string[], isKnown: boolean): string[] {
  const holdsName = /^\p{Ll}/u.test(words[0] ?? '') && words.some((word) => /^\p{Lu}/u.test(word));
  const isPlain =
    (words.every(isCommon) && !holdsName) ||
    (words.length === 1 && isKnown && /^\p{Lu}?[^\p{Lu}]*$/u.test(words[0] ?? ''));
  return words.map((word) => NAMES[word.toLowerCase()] ?? (isPlain ? word.toLowerCase() : word));
}

/**
 * An interest as it stands after "loved": `dog` → `dogs`, `my dog Rex` → `the dog Rex`, `Guitar` → `the guitar`. Words of
 * nobody's list stay as they were typed.
 */
export function labelOf(text: string, isKnown: boolean): string {
  const words = lettered(text.replace(/^(?:my|our) /i, 'the ').split(' '), isKnown);
  const bare = /^an?$/i.test(words[0] ?? '') ? words.slice(1) : words;
  const last = bare.at(-1) ?? '';
  if (bare.length === 1 && INSTRUMENT.test(last)) return `the ${last}`;
  const isOfOne = bare.some((word) => /^(?:the|this|of|and|&)$/i.test(word)) || !COUNTED.has(last);
  return isOfOne ? words.join(' ') : [...bare.slice(0, -1), plural(last)].join(' ');
}
