import { inflateRawSync } from 'node:zlib';

/** The page, packed: put in by the build. */
declare const POSTERN_GRAPH_PAGE: string;

/** The page of `postern graph -o html` without its data. It stands in the program as text, and is unpacked when asked for. */
export function graphPage(): string {
  return inflateRawSync(Buffer.from(POSTERN_GRAPH_PAGE, 'base64')).toString('utf8');
}
