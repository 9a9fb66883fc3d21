import { FILE_NAME } from './helm-file.ts';

/** More than fits a terminal helps nobody; the rest is to be had without Helm. */
const MOST_LINES = 20;

/**
 * The output that makes Helm 4 stop with these lines in its error. Helm 4 shows nothing that a failed plugin wrote, but
 * it names the file of an object that it cannot read, and the object itself says what its file is. No Helm can take an
 * object whose kind is a mapping, so nothing is ever applied; and no manifest is in it that Helm could print. A second
 * such object, with a name that nobody chose, stands behind it: an output without objects would delete a whole release.
 */
export function stopHelm(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST_LINES);
  const hidden = lines.length - shown.length;
  const rest = hidden === 0 ? [] : [`and ${hidden} more: "helm template … | postern > /dev/null" prints them all`];
  // Helm skips a file whose last part begins with "_": the page's path keeps the user's words out of that part.
  const end = "Nothing was applied (docs/helm.md). Helm's own words";
  const text = ['purpose, so that Helm stops here:', ...shown, ...rest, end].join('\n');
  return `${unreadable(text)}---\n${unreadable('stop.yaml')}`;
}

/** Helm reads files in the order of their names. */
function unreadable(file: string): string {
  return `kind: {}\nmetadata:\n  annotations:\n    ${FILE_NAME}: ${JSON.stringify(file)}\n`;
}
