import { definitionName } from '@exempla/contracts';
import {
  type Assessment as WireAssessment,
  Definition as WireDefinition,
  Definition_State as WireState,
  DefinitionRevision as WireRevision,
} from '@exempla/contracts/type/v1/definition';
import {
  ExampleKind as WireKind,
  type ExampleSet as WireSet,
  ExampleSet_Status as WireStatus,
  Relation as WireRelation,
} from '@exempla/contracts/type/v1/example';
import type { UsageContext as WireContext } from '@exempla/contracts/type/v1/usage_context';
import type {
  Assessment,
  Definition,
  DefinitionContent,
  ExampleSet,
  NewRevision,
  Revision,
  UsageContext,
} from '../definitions/index.ts';
import { enumNames } from './enum-names.ts';

const kinds = enumNames<WireKind>(WireKind, 'EXAMPLE_KIND_');
const statuses = enumNames<WireStatus>(WireStatus, 'STATUS_');
const relations = enumNames<WireRelation>(WireRelation, 'RELATION_');
const states = enumNames<WireState>(WireState, 'STATE_');

export const toContext = (context: WireContext | undefined): UsageContext => ({
  organisational: context?.organisational ?? [],
  juridical: context?.juridical ?? [],
  legalBasis: context?.legalBasis ?? [],
});

const fromContext = (context: UsageContext): WireContext => ({
  organisational: [...context.organisational],
  juridical: [...context.juridical],
  legalBasis: [...context.legalBasis],
});

const fromAssessment = (assessment: Assessment | undefined): WireAssessment | undefined =>
  assessment && { ...assessment, violations: [...assessment.violations] };

const toExampleSet = (set: WireSet): ExampleSet => ({
  ...set,
  kind: kinds.toName(set.kind),
  status: statuses.toName(set.status),
  items: set.items.map((item) => ({ ...item, relation: relations.toName(item.relation) })),
});

const fromExampleSet = (set: ExampleSet): WireSet => ({
  provider: '',
  fallbackReason: '',
  ...set,
  kind: kinds.fromName(set.kind),
  status: statuses.fromName(set.status),
  items: set.items.map((item) => ({ ...item, relation: relations.fromName(item.relation) })),
});

export const toContent = (definition: WireDefinition): DefinitionContent => ({
  term: definition.term,
  context: toContext(definition.context),
  language: definition.language,
  category: definition.category,
  text: definition.text,
  assessment: definition.assessment,
  sense: definition.sense,
  otherSenses: definition.otherSenses,
  senseReason: definition.senseReason,
  examples: definition.examples.map(toExampleSet),
  narration: definition.narration,
});

export const fromDefinition = (definition: Definition): WireDefinition => ({
  name: definitionName(definition.id),
  term: definition.term,
  context: fromContext(definition.context),
  language: definition.language,
  category: definition.category,
  text: definition.text,
  assessment: fromAssessment(definition.assessment),
  state: states.fromName(definition.state),
  sense: definition.sense,
  otherSenses: [...definition.otherSenses],
  senseReason: definition.senseReason,
  examples: definition.examples.map(fromExampleSet),
  narration: definition.narration,
  etag: definition.etag,
  createTime: definition.createTime,
  updateTime: definition.updateTime,
});

export const toNewRevision = ({ text, assessment, note }: WireRevision): NewRevision => ({ text, assessment, note });

export const fromRevision = (definition: string, revision: Revision): WireRevision => ({
  name: `${definition}/revisions/${revision.number}`,
  number: revision.number,
  text: revision.text,
  assessment: fromAssessment(revision.assessment),
  note: revision.note,
  createTime: revision.createTime,
});
