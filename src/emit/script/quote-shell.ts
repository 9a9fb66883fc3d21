/**
 * A text as one word of a POSIX shell, whatever is in it: between single quotes nothing has a meaning but the single quote.
 * A NUL cannot be in a word, so it must not be in the text.
 */
export function quoteShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
