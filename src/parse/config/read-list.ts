import type { Item } from '../../model/declaration.ts';
import { grammarProblem } from '../grammar/grammar-error.ts';
import { parseList } from '../grammar/parse-list.ts';
import type { RawList } from './schema-peers.ts';
import { placeOfSpot, reportAt, type Spot, within } from './spot.ts';

/** What stands in the place of a list that says nobody: `none`, or an empty YAML list. */
export type Nobody = 'none' | 'empty';

/** The items of a list in the grammar, or of a YAML list of such. undefined where absent, and after a report. */
export function readList(raw: RawList | undefined, nobody: Nobody, spot: Spot): Item[] | undefined {
  if (raw === undefined) return undefined;
  if (typeof raw === 'string') return checkNone(parseAt(raw, spot), nobody, spot);
  if (raw.length === 0 && nobody === 'none') {
    return reportAt(spot, {
      code: 'empty-list',
      must: 'must say "none" where nothing may connect',
      advice: 'this list is empty',
    });
  }
  const read = raw.map((text, index) => parseAt(text, within(spot, index)));
  const items = read.flatMap((items) => items ?? []);
  return read.includes(undefined) ? undefined : checkNone(items, nobody, spot);
}

function parseAt(text: string, spot: Spot): Item[] | undefined {
  const read = parseList(text);
  if ('items' in read) return read.items;
  for (const error of read.errors) spot.report(grammarProblem(error, placeOfSpot(spot)));
  return undefined;
}

/** `none` refuses for one object, and alone; where every object is meant, or a peer is named, it has no meaning. */
function checkNone(items: Item[] | undefined, nobody: Nobody, spot: Spot): Item[] | undefined {
  if (!items?.some(({ peer }) => peer.kind === 'keyword' && peer.keyword === 'none')) return items;
  if (nobody === 'empty') {
    return reportAt(spot, {
      code: 'none-not-alone',
      must: 'must not refuse here',
      got: 'none',
      advice: 'remove the field',
    });
  }
  if (items.length === 1) return items;
  return reportAt(spot, { code: 'none-not-alone', must: 'must have "none" alone in its list', got: 'none' });
}
