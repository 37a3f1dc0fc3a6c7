import type { GenerateDefinitionResponse } from '@exempla/contracts/orchestrator/v1/definition_service';
import { type ExampleItem, ExampleKind, type ExampleSet, ExampleSet_Status } from '@exempla/contracts/type/v1/example';
import { KINDS, kindName, relationName, setOf, statusName } from '../demo/report.ts';
import { type Column, GAP, type Line, MARGIN, rowOf, ruleOf } from './columns.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';

/** The six kinds, each with its items, how each is related to the term, and where it comes from. */
export function examplesTable(response: GenerateDefinitionResponse, width: number, style: Style): string[] {
  const columns = columnsFor(response, width);
  const head = ['kind', 'example', 'relation and source'].map((text) => [{ text, style: style.quiet }]);
  const groups = KINDS.map((kind) => groupOf(setOf(response, kind), columns, style));
  const rule = style.quiet(ruleOf(columns));
  return [...rowOf(columns, head), rule, ...groups.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))];
}

const KIND_WIDTH = 11;
const MAX_ITEM_WIDTH = 84;

function columnsFor(response: GenerateDefinitionResponse, width: number): Column[] {
  const sources = KINDS.flatMap((kind) => setOf(response, kind).items.map(({ source }) => source.length));
  const source = Math.min(30, Math.max('relation and source'.length, ...sources));
  const rest = width - 1 - MARGIN.length - KIND_WIDTH - source - 2 * GAP.length;
  return [{ width: KIND_WIDTH }, { width: Math.max(20, Math.min(MAX_ITEM_WIDTH, rest)) }, { width: source }];
}

function groupOf(set: ExampleSet, columns: readonly Column[], style: Style): string[] {
  const label: Line[] = [{ text: titleOf(set.kind), style: style.strong }, statusLine(set, style)];
  if (set.items.length === 0) return rowOf(columns, [label, [{ text: emptyText(set), style: style.quiet }]]);
  return set.items.flatMap((item, at) => {
    const cells = [at === 0 ? label : [], ...cellsOf(set.kind, item, columns, style)];
    return rowOf(columns, cells);
  });
}

function cellsOf(kind: ExampleKind, item: ExampleItem, columns: readonly Column[], style: Style): Line[][] {
  const width = columns[1]?.width ?? 0;
  const text = wrap(item.text, width).map((line): Line => ({ text: line }));
  const isWhy = kind === ExampleKind.EXAMPLE_KIND_COUNTER && item.reason !== '' && !item.text.includes(item.reason);
  const why = isWhy ? wrap(item.reason, width).map((line): Line => ({ text: line, style: style.quiet })) : [];
  const relation = relationName(item.relation).toLowerCase().replaceAll('_', ' ');
  const origin: Line[] = [{ text: RELATIONS[relation] ?? relation }, { text: item.source, style: style.quiet }];
  return [[...text, ...why], origin];
}

const RELATIONS: Readonly<Record<string, string>> = { self: 'the term itself' };

const titleOf = (kind: ExampleKind): string => {
  const name = kindName(kind).toLowerCase();
  return name.charAt(0).toUpperCase() + name.slice(1);
};

function statusLine({ status, items, wanted }: ExampleSet, style: Style): Line {
  if (status === ExampleSet_Status.STATUS_OK) return { text: '' };
  if (status === ExampleSet_Status.STATUS_SHORT) return { text: `${items.length} of ${wanted}`, style: style.quiet };
  const bad = status === ExampleSet_Status.STATUS_ERROR || status === ExampleSet_Status.STATUS_TIMEOUT;
  return { text: statusName(status).toLowerCase(), style: bad ? style.bad : style.quiet };
}

const emptyText = ({ status, errorReason }: ExampleSet): string =>
  status === ExampleSet_Status.STATUS_EMPTY ? 'the source has none' : errorReason;
