// The statements of an SQL file, for rules that look at how each begins: in lower case, without comments and without what
// stands in quotes. What a `do` block holds is given as statements too, for it runs; what a function holds is not.

const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|(\$\w*\$)([\s\S]*?)\1|;|[^-/'$;]+|[-/'$]/g;

/** `{ sql, line }` each; the line is that of its first word. */
export function sqlStatements(text, firstLine = 1) {
  const found = [];
  let [sql, line, at] = ['', firstLine, firstLine];
  const end = () => {
    if (sql.trim() !== '') found.push({ sql: sql.trim().toLowerCase(), line });
    sql = '';
  };
  for (const [token, quote, body] of text.matchAll(TOKEN)) {
    const isComment = token.startsWith('--') || token.startsWith('/*');
    if (token === ';') end();
    else if (isComment) sql += ' ';
    else if (quote) {
      if (/^\s*do\b/i.test(sql)) found.push(...blockStatements(body, at));
      sql += "''";
    } else {
      if (sql.trim() === '' && token.trim() !== '') line = at + lineBreaks(/^\s*/.exec(token)[0]);
      sql += token.startsWith("'") && token.length > 1 ? "''" : token;
    }
    at += lineBreaks(token);
  }
  end();
  return found;
}

/** Whatever follows the words of control: `then drop table x` runs as `drop table x` does. */
function blockStatements(body, firstLine) {
  return sqlStatements(body, firstLine).map(({ sql, line }) => ({
    sql: sql.replace(/^(?:.*\b(?:begin|then|else|loop|declare)\b\s*)+/s, ''),
    line,
  }));
}

const lineBreaks = (text) => text.split('\n').length - 1;
