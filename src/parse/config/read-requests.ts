import type { RequestLine } from '../../model/declaration.ts';
import { grammarProblem } from '../grammar/grammar-error.ts';
import { parseRequests } from '../grammar/parse-requests.ts';
import type { RawList } from './schema-peers.ts';
import { placeOfSpot, type Spot, within } from './spot.ts';

/** What callers may request, as text with a line each or as a YAML list; undefined where absent, and after a report. */
export function readRequests(raw: RawList | undefined, spot: Spot): readonly RequestLine[] | undefined {
  if (raw === undefined) return undefined;
  if (typeof raw === 'string' || raw.length === 0) return parseAt(typeof raw === 'string' ? raw : '', spot);
  const read = raw.map((text, index) => parseAt(text, within(spot, index)));
  return read.includes(undefined) ? undefined : read.flatMap((lines) => lines ?? []);
}

function parseAt(text: string, spot: Spot): readonly RequestLine[] | undefined {
  const parsed = parseRequests(text);
  if ('lines' in parsed) return parsed.lines;
  for (const error of parsed.errors) spot.report(grammarProblem(error, placeOfSpot(spot)));
  return undefined;
}
