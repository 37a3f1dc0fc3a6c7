import type { Progress } from '../terminal/progress.ts';
import type { Style } from '../terminal/style.ts';

/** Where things are shown and how. */
export interface Screen {
  print: (line: string) => void;
  /** Columns. */
  width: number;
  style: Style;
  progress: Progress;
}

export interface Surroundings {
  screen: Screen;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
  adminUrl: string | undefined;
}
