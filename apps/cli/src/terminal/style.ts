import { styleText } from 'node:util';

/** How a piece of text is shown. Every function keeps the visible width. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  /** The colour of a service, the same wherever it is named. */
  readonly service: (name: string, text: string) => string;
}

const same = (text: string): string => text;

/** No colour at all. */
export const PLAIN: Style = {
  strong: same,
  quiet: same,
  good: same,
  warn: same,
  bad: same,
  service: (_, text) => text,
};

type Format = Parameters<typeof styleText>[0];

const SERVICE_COLOURS: Readonly<Record<string, Format>> = {
  orchestrator: 'cyan',
  examples: 'green',
  audio: 'magenta',
  storage: 'blue',
};

/** Colours where the stream is a terminal that shows them; NO_COLOR and FORCE_COLOR are honoured. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  const as = (format: Format) => (text: string) => styleText(format, text, { stream });
  return {
    strong: as('bold'),
    quiet: as('dim'),
    good: as('green'),
    warn: as('yellow'),
    bad: as('red'),
    service: (name, text) => as(SERVICE_COLOURS[name] ?? 'white')(text),
  };
}
