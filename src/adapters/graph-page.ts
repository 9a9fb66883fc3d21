/** The text of the page: put in by the build. */
declare const POSTERN_GRAPH_PAGE: string;

/** The page of `postern graph -o html` without its data. */
export function graphPage(): string {
  return POSTERN_GRAPH_PAGE;
}
