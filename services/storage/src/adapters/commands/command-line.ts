import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

export interface Arguments {
  readonly flags: ReadonlySet<string>;
  readonly file: string | undefined;
}

/** Says what was wrong with the line that was typed, or, without a message, that only help was asked for. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Grammar {
  /** Without `--`. `json` and `help` are always there. */
  readonly flags: readonly string[];
  readonly takesFile: boolean;
}

export function readArguments(line: readonly string[], { flags, takesFile }: Grammar): Arguments {
  const names = [...flags, 'json', 'help'];
  const options: ParseArgsOptionsConfig = Object.fromEntries(names.map((name) => [name, { type: 'boolean' }]));
  const { values, positionals } = parsed(line, options);
  const given = new Set(names.filter((name) => values[name] === true));
  if (given.has('help')) return { flags: given, file: undefined };
  const wanted = takesFile ? 1 : 0;
  if (positionals.length < wanted) throw new UsageError('the name of the file is missing');
  if (positionals.length > wanted) throw new UsageError(`"${positionals[wanted]}" is one argument too many`);
  return { flags: given, file: positionals[0] };
}

function parsed(line: readonly string[], options: ParseArgsOptionsConfig): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...line], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0], { cause: error });
  }
}
