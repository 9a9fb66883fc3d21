/** The `results` of a ResourceList as they stand in its text, without the key; empty where there are none. */
export function resultsText(output: string): string {
  const [, text = ''] = /^results:[ \t]*\r?\n((?:[ \t-].*(?:\n|$))*)/m.exec(output) ?? [];
  return text;
}
