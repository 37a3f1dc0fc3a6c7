import type { GenerateDefinitionResponse } from '@exempla/contracts/orchestrator/v1/definition_service';
import { type ExampleItem, ExampleKind, type ExampleSet, ExampleSet_Status } from '@exempla/contracts/type/v1/example';
import { KINDS, kindName, relationName, setOf, statusName } from '../demo/report.ts';
import { type Column, GAP, type Line, MARGIN, rowOf, ruleOf } from './columns.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';

/** The kinds, each with its items, how each is related to the term, and where it comes from. */
export function examplesTable(
  response: GenerateDefinitionResponse,
  width: number,
  style: Style,
  kinds: readonly ExampleKind[] = KINDS,
): string[] {
  const layout = layoutFor(response, width);
  const head = layout.heads.map((text) => [{ text, style: style.quiet }]);
  const groups = kinds.map((kind) => groupOf(setOf(response, kind), layout, style));
  const rule = style.quiet(ruleOf(layout.columns));
  return [...rowOf(layout.columns, head), rule, ...groups.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))];
}

/** On a wide terminal relation and source have a column each; on a narrow one the source stands below the relation. */
interface Layout {
  wide: boolean;
  columns: readonly Column[];
  heads: readonly string[];
  textWidth: number;
}

const WIDE_FROM = 100;
const KIND_WIDTH = 11;
const MAX_TEXT_WIDTH = 84;
const MIN_TEXT_WIDTH = 20;
const MAX_SOURCE_WIDTH = 30;

function layoutFor(response: GenerateDefinitionResponse, width: number): Layout {
  const items = KINDS.flatMap((kind) => setOf(response, kind).items);
  const relation = Math.max('relation'.length, ...items.map((item) => relationText(item).length));
  const source = Math.min(MAX_SOURCE_WIDTH, Math.max('source'.length, ...items.map((item) => item.source.length)));
  const wide = width >= WIDE_FROM;
  const origin = wide ? [relation, source] : [Math.max(relation, source)];
  const taken = [KIND_WIDTH, ...origin].reduce((sum, one) => sum + one + GAP.length, MARGIN.length + 1);
  const textWidth = Math.max(MIN_TEXT_WIDTH, Math.min(MAX_TEXT_WIDTH, width - taken));
  return {
    wide,
    columns: [KIND_WIDTH, textWidth, ...origin].map((one) => ({ width: one })),
    heads: ['kind', 'example', ...(wide ? ['relation', 'source'] : ['source'])],
    textWidth,
  };
}

function groupOf(set: ExampleSet, layout: Layout, style: Style): string[] {
  const label: Line[] = [{ text: titleOf(set.kind), style: style.strong }, ...statusLines(set, style)];
  if (set.items.length === 0) return rowOf(layout.columns, [label, [{ text: emptyText(set), style: style.quiet }]]);
  // Items are stacked in each column first, so that a label of two lines pushes nothing down.
  const stacked = set.items.map((item) => levelled(cellsOf(set.kind, item, layout, style)));
  return rowOf(layout.columns, [
    label,
    ...layout.heads.slice(1).map((_, at) => stacked.flatMap((cells) => cells[at] ?? [])),
  ]);
}

/** Cells of equal height. */
function levelled(cells: readonly Line[][]): Line[][] {
  const height = Math.max(...cells.map(({ length }) => length));
  return cells.map((cell) => [...cell, ...Array.from({ length: height - cell.length }, () => ({ text: '' }))]);
}

function cellsOf(kind: ExampleKind, item: ExampleItem, layout: Layout, style: Style): Line[][] {
  const text = wrap(item.text, layout.textWidth).map((line): Line => ({ text: line }));
  const isWhy = kind === ExampleKind.EXAMPLE_KIND_COUNTER && item.reason !== '' && !item.text.includes(item.reason);
  const why = isWhy
    ? wrap(item.reason, layout.textWidth).map((line): Line => ({ text: line, style: style.quiet }))
    : [];
  const relation: Line = { text: relationText(item) };
  const source: Line = { text: item.source, style: style.quiet };
  return [[...text, ...why], ...(layout.wide ? [[relation], [source]] : [[relation, source]])];
}

function relationText({ relation }: ExampleItem): string {
  const name = relationName(relation).toLowerCase().replaceAll('_', ' ');
  return name === 'self' ? 'the term itself' : name;
}

const titleOf = (kind: ExampleKind): string => {
  const name = kindName(kind).toLowerCase();
  return name.charAt(0).toUpperCase() + name.slice(1);
};

function statusLines({ status, items, wanted }: ExampleSet, style: Style): Line[] {
  switch (status) {
    case ExampleSet_Status.STATUS_SHORT:
      return [{ text: `${items.length} of ${wanted}`, style: style.quiet }];
    case ExampleSet_Status.STATUS_TIMEOUT:
    case ExampleSet_Status.STATUS_ERROR:
      return [{ text: statusName(status).toLowerCase(), style: style.bad }];
    default:
      return [];
  }
}

const emptyText = ({ status, errorReason }: ExampleSet): string =>
  status === ExampleSet_Status.STATUS_EMPTY ? 'the source has none' : errorReason;
