import { withIndefinite } from './articles.ts';

/** Words that already open a noun phrase. */
const DETERMINER =
  /^(?:an?|the|any|one|either|each|every|some|all|both|no|none|this|that|these|those|its|their|his|her|two|three|four|five|six|seven|eight|nine|ten|hundred|several|various|many|most|more|much|few|someone|something|somebody|anything|anyone|everything|everyone|whatever|what|such|another|other|pair|\d+|[A-Z]'s)\b/i;

/** Where a noun phrase stops: its head stands before. */
const AFTER_HEAD =
  /^(?:an?|the|one's|his|her|their|its|of|in|on|at|by|for|from|with|without|to|into|onto|over|under|through|between|among|against|along|around|near|like|as|than|since|until|after|before|during|about|above|below|behind|beyond|across|toward|towards|upon|via|per|that|which|who|whom|whose|where|when|while|whether|if|because|so|is|are|was|were|be|has|have|had|can|may|must|will|and|or|but|used|made|having|being|consisting|containing|resembling|caused|characterized|marked|native|similar|able|capable|typically|usually|often|especially|sometimes|formerly|found|grown|worn|given|placed|situated|located|produced|formed|obtained|derived|related|relating|based|designed|intended|considered|called|known|bearing|growing|living|covered|cultivated|widely|common|held|done|taken|worked|played|set|bred|built|shaped|attached|equipped|fitted|surrounding|extending|lying|running|belonging|causing|occurring|involving|resulting|prepared|cooked|served|eaten|applied|employed|performed|composed|administered|fed|sold|paid|owed|left|owned|received|regarded|thought|said|spoken|written|sung|lived|born|including|ranging|next|whereby|wherein|whereas|not|only|just|even|also|larger|smaller|greater|closely|native|formed|treated|mixed|coated|filled|flavored|topped|stuffed|seasoned|connecting|joining|separating|supporting|serving|lasting|affecting|following|leading|depending|exceeding|requiring|representing|showing|indicating|suggesting|expressing|describing|concerning|providing|allowing|permitting|enabling|producing|yielding|giving|making|taking|carrying|moving|flowing|rising|falling|standing|sitting|hanging|dwelling|feeding|inhabiting|inflorescent|available|responsible|suitable|necessary|equal|due|far|close|adjacent|prior|free|full|subject|parasitic|characteristic|typical|peculiar|essential|important|useful|resistant|sensitive|attractive|consisting|embedded|developed|raised|kept|introduced|imported|marketed|administered)$/;

/** Behind a participle these tell that it no longer stands before its noun: `prelate noted for …`. */
const OPENS_PHRASE =
  /^(?:forth|out|up|off|down|away|for|of|in|by|as|to|with|from|on|at|into|over|the|an?|his|her|its|their)$/;

/** What the head of a phrase is, asked of somebody who knows nouns. */
export interface NounSense {
  isNoun(word: string): boolean;
  isPluralNoun(word: string): boolean;
  isMassNoun(word: string): boolean;
  isAdjective(word: string): boolean;
}

/** The last word of the phrase in front of its first preposition, participle or comma. */
export function headOf(phrase: string, nouns: NounSense): string {
  const words = phrase.split(' ');
  let head = '';
  for (const [i, word] of words.entries()) {
    const bare = word.replace(/[,;:.]$/, '');
    const stops = AFTER_HEAD.test(bare) || (/(?:ed|ing)$/.test(bare) && OPENS_PHRASE.test(words[i + 1] ?? ''));
    // `willful wanton and malicious destruction`: the head comes after the adjectives.
    const joined = /^(?:and|or|to)$/.test(bare) && nouns.isAdjective(head) && nouns.isAdjective(words[i + 1] ?? '');
    if (joined) continue;
    if (i > 0 && stops && !/^(?:an?|the)$/.test(head) && nouns.isNoun(head.toLowerCase())) break;
    head = bare;
    if (bare !== word) break;
  }
  return head;
}

/** There is one such thing: `capital and largest city of Italy`. */
const ONLY_ONE =
  /^(?:capital (?:and|of|city)|(?:second |third )?(?:largest|smallest|highest|lowest|longest|shortest|oldest|youngest|tallest|deepest|greatest|northernmost|southernmost|easternmost|westernmost|outermost|innermost|uppermost)) /;

/** Gives a bare phrase the article it lacks: `tailless amphibian …` becomes `a tailless amphibian …`. */
export function withDeterminer(phrase: string, nouns: NounSense): string {
  if (DETERMINER.test(phrase)) return phrase;
  // No noun phrase: `in vitro`, `used by …`.
  if (
    AFTER_HEAD.test(phrase.split(' ')[0] ?? '') &&
    !/^(?:used|common|native|similar|important|free|full|due|close|raised|living|running|standing|flowing|moving|growing|next|supporting|connecting|cooked|prepared|written|spoken|free|public|necessary) /.test(
      phrase,
    )
  )
    return phrase;
  if (ONLY_ONE.test(phrase)) return `the ${phrase}`;
  const head = headOf(phrase, nouns);
  if (!/[a-z]$/.test(head) || !nouns.isNoun(head.toLowerCase())) return phrase;
  if (nouns.isPluralNoun(head) || nouns.isMassNoun(head)) return phrase;
  // A gerund opens its own phrase: `traveling on foot`.
  if (head === phrase.split(' ')[0] && /ing$/.test(head)) return phrase;
  return withIndefinite(phrase);
}
