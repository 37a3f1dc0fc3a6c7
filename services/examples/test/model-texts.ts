import type { OpenAiBehaviour } from '@exempla/testing';
import { EXAMPLE_KINDS, type ExampleKind } from '../src/examples/index.ts';
import { DEFINITION_INSTRUCTIONS, KIND_INSTRUCTIONS } from '../src/prompts/index.ts';

type Texts = Readonly<Record<ExampleKind | 'DEFINITION', string>>;

/** What a model says of "beschikking", as untidily as models do. */
export const DUTCH: Texts = {
  DEFINITION: `part of speech: noun
lemma: beschikking
definition: "besluit van een bestuursorgaan dat niet van algemene strekking is, waaronder de afwijzing van een aanvraag."`,
  SENTENCE: `Hier zijn drie zinnen:
1. De gemeente stuurde de aanvrager een beschikking waarin de vergunning werd geweigerd.
2. "Tegen deze beschikking kunt u binnen zes weken bezwaar maken."
3. Zonder beschikking kan de uitkering niet worden stopgezet.
4. Deze vierde zin over de beschikking is er een te veel.`,
  PRACTICAL: `- **Een ondernemer vraagt een terrasvergunning aan en krijgt van de burgemeester een afwijzing met redenen.**
- Een gezin ontvangt van de gemeente een brief waarin huishoudelijke hulp voor een jaar wordt toegekend.

- De inspectie legt één bakkerij een boete op wegens te lange werktijden.`,
  COUNTER: `De gemeenteraad stelt een verordening vast over hondenpoep. || De regel geldt voor iedereen en heeft dus algemene strekking.
De huisbaas zegt de huur van een winkel op. — Een huisbaas is geen bestuursorgaan.
3. Een wethouder zegt in een interview dat de brug openblijft.
   Reden: De uitspraak is niet op rechtsgevolg gericht en dus geen besluit.`,
  SYNONYM: `Synoniemen: besluit, beslissing; "toekenning", vonnis, uitspraak, Beslissing`,
  ANTONYM: `1. algemeen voorschrift
2. verordening (algemeen)
3. regeling
4. beleidsregel
5. wet`,
  EXPLANATION: `**Toelichting**

Het begrip bepaalt wie bezwaar kan maken en binnen welke termijn. Wie een beschikking krijgt, weet dat de beslissing voor hem of haar is genomen.
Daarom hangt de rechtsbescherming van burgers ervan af.`,
};

export const ENGLISH: Texts = {
  DEFINITION: 'A river is a large natural stream of water that flows to the sea or a lake.',
  SENTENCE: `The river burst its banks after three days of rain.
Barges carry grain down the river to the port.
They followed the river until they reached its source.`,
  PRACTICAL: `A barge captain carries gravel on the Meuse from one port to the next.
Anglers need a permit for the stretch between two weirs.
A water board dredges the bed after a flood.`,
  COUNTER: `A canal connects two ports || People dug it: it is not natural.
A pond lies in the park. || Its water stands still: it is no stream.
A brook runs behind the barn. || It is too small: the element of size is missing.`,
  SYNONYM: 'waterway, stream, watercourse, tributary, channel',
  ANTONYM: 'lake\nsea\npond\ndesert\nland',
  EXPLANATION:
    'Whether water counts as a river decides who looks after its banks, who may fish in it and who pays for a flood.',
};

/** Of which text a request wants one. */
export function askedFor(body: Readonly<Record<string, unknown>>): keyof Texts {
  const [{ content }] = body['messages'] as readonly [{ content: string }];
  const kind = EXAMPLE_KINDS.find((one) => KIND_INSTRUCTIONS[one] === content);
  return kind ?? (content === DEFINITION_INSTRUCTIONS ? 'DEFINITION' : 'EXPLANATION');
}

/** What the user message holds. */
export function dataOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [, { content }] = body['messages'] as readonly [unknown, { content: string }];
  return JSON.parse(content) as Record<string, unknown>;
}

/** Answers each request with the text it wants. */
export const saying = (texts: Texts, overMs = 0): OpenAiBehaviour => ({
  type: 'choose',
  of: (body) => ({ type: 'say', text: texts[askedFor(body)], overMs }),
});
