/** A first line longer than this is the story itself. */
export const TITLE_LINE_MAX = 120;

/** A line without what models put around a title: `# Title`, `Title: …`, `**Title**`, `"Title"`; empty when nothing is left. */
export const titleIn = (line: string): string =>
  line
    .trim()
    .replace(/^#+\s*/u, '')
    .replace(/^[*_]+|[*_]+$/gu, '')
    .replace(/^(?:title|название|titel|titre|título|titolo)\s*[:：]\s*/iu, '')
    .replace(/^[*_"“”«»„'‘「『\s]+|[*_"“”«»„'’」』\s]+$/gu, '')
    .trim();
