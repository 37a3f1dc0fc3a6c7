import type { Command } from 'commander';
import { MARGIN } from '../terminal/columns.ts';
import type { Session } from './session.ts';
import { wholeNumber } from './values.ts';

export interface PageOptions {
  pageSize?: number;
  pageToken?: string;
}

export const withPages = (command: Command): Command =>
  command
    .option('--page-size <n>', 'how many at most (50)', wholeNumber)
    .option('--page-token <token>', 'where to continue: next_page_token of the page before');

export const pageOf = ({ pageSize, pageToken }: PageOptions) => ({
  pageSize: pageSize ?? 0,
  pageToken: pageToken ?? '',
});

/** Says how the next page is asked for, where there is one. */
export function tellOfNextPage(token: string, session: Session): void {
  if (token === '') return;
  session.message(() => ({ nextPageToken: token }));
  session.text(['', `${MARGIN}${session.around.style.quiet(`more: --page-token ${token}`)}`]);
}
