// exempla.type.v1 ↔ room. Storage and our callers speak of the same resource, so door and adapters share this mapping.
import {
  Definition_State,
  type Assessment as WireAssessment,
  type Definition as WireDefinition,
  type DefinitionRevision,
} from '@exempla/contracts/type/v1/definition';
import {
  ExampleKind as WireKind,
  ExampleSet_Status as WireStatus,
  Relation as WireRelation,
  type ExampleSet as WireExampleSet,
  type Sense as WireSense,
} from '@exempla/contracts/type/v1/example';
import type { UsageContext as WireContext } from '@exempla/contracts/type/v1/usage_context';
import type {
  Definition,
  DefinitionState,
  ExampleKind,
  ExampleSet,
  ExampleStatus,
  Relation,
  Sense,
  StoredRevision,
  UsageContext,
} from '../definitions/index.ts';
import type { Assessment, Violation } from '../rules/index.ts';

const KIND = 'EXAMPLE_KIND_';
const STATUS = 'STATUS_';
const RELATION = 'RELATION_';
const STATE = 'STATE_';

const short = <T extends string>(name: string | undefined, prefix: string): T => (name ?? '').slice(prefix.length) as T;

export const toKind = (kind: ExampleKind): WireKind => WireKind[`${KIND}${kind}`];
export const fromKind = (kind: WireKind): ExampleKind => short(WireKind[kind], KIND);

export const toContext = ({ organisational, juridical, legalBasis }: UsageContext): WireContext => ({
  organisational: [...organisational],
  juridical: [...juridical],
  legalBasis: [...legalBasis],
});

export const fromContext = (context: WireContext | undefined): UsageContext =>
  context ?? { organisational: [], juridical: [], legalBasis: [] };

export const toSense = (sense: Sense): WireSense => sense;

const NO_SENSE: Sense = { source: '', lemma: '', partOfSpeech: '', category: '', gloss: '' };
export const fromSense = (sense: WireSense | undefined): Sense => sense ?? NO_SENSE;

export function toExampleSet({ kind, status, items, ...rest }: ExampleSet): WireExampleSet {
  return {
    ...rest,
    kind: toKind(kind),
    status: WireStatus[`${STATUS}${status}`],
    items: items.map((item) => ({ ...item, relation: WireRelation[`${RELATION}${item.relation}`] })),
  };
}

export function fromExampleSet(set: WireExampleSet): ExampleSet {
  return {
    ...set,
    kind: fromKind(set.kind),
    status: short<ExampleStatus>(WireStatus[set.status], STATUS),
    items: set.items.map((item) => ({ ...item, relation: short<Relation>(WireRelation[item.relation], RELATION) })),
  };
}

export const toAssessment = ({ score, accepted, violations }: Assessment): WireAssessment => ({
  score,
  accepted,
  violations: [...violations],
});

export function fromAssessment(assessment: WireAssessment | undefined): Assessment {
  const { score = 0, accepted = false, violations = [] } = assessment ?? {};
  return { score, accepted, violations: violations as Violation[] };
}

export function toDefinition(definition: Definition): WireDefinition {
  return {
    ...definition,
    context: toContext(definition.context),
    assessment: toAssessment(definition.assessment),
    state: Definition_State[`${STATE}${definition.state}`],
    otherSenses: [...definition.otherSenses],
    examples: definition.examples.map(toExampleSet),
  };
}

export function fromDefinition(definition: WireDefinition): Definition {
  return {
    ...definition,
    context: fromContext(definition.context),
    assessment: fromAssessment(definition.assessment),
    state: short<DefinitionState>(Definition_State[definition.state], STATE),
    sense: fromSense(definition.sense),
    examples: definition.examples.map(fromExampleSet),
  };
}

export const toRevision = ({ assessment, ...revision }: StoredRevision): DefinitionRevision => ({
  ...revision,
  assessment: toAssessment(assessment),
});

export const fromRevision = ({ assessment, ...revision }: DefinitionRevision): StoredRevision => ({
  ...revision,
  assessment: fromAssessment(assessment),
});
