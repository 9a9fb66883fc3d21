/** What stdout is written for: colours only on a terminal, and never where NO_COLOR is set (https://no-color.org). */
export function terminalOfStdout(): { readonly width: number; readonly isColoured: boolean } {
  const { isTTY, columns } = process.stdout;
  const isColoured = isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  return { width: isTTY === true && columns > 0 ? columns : 120, isColoured };
}
