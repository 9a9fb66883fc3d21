import type { End } from '../model/end.ts';
import { type AddressCell, cellsOf, cutAddresses } from '../policy/address-cells.ts';
import { containsRange, type IpRange, printIpRange } from '../policy/ip-range.ts';

/** Everything outside the cluster, in parts that no policy cuts further, and what sets of them are called. */
export interface AddressEnds {
  readonly ends: readonly End[];
  /** The names of a set of these ends in as few words as are true: `internet`, `10.0.0.0/8!10.1.0.0/16`. */
  readonly nameAll: (members: ReadonlySet<End>) => readonly string[];
  /** Whether an end is a part of the internet: outside every private range. */
  readonly isInternet: (end: End) => boolean;
}

/** Cuts the address space along the ranges of policies and the private ranges. */
export function addressEnds(ranges: Iterable<IpRange>, privateRanges: readonly IpRange[]): AddressEnds {
  const roots = cutAddresses([...ranges, ...privateRanges]);
  const endOf = new Map<AddressCell, End>();
  const internet = new Set<End>();
  for (const cell of roots.flatMap(cellsOf)) {
    if (cell.sample === undefined) continue;
    const end = endOfCell(cell, cell.sample);
    endOf.set(cell, end);
    if (!privateRanges.some((range) => containsRange(range, cell.range))) internet.add(end);
  }
  const ends = [...endOf.values()];
  const nameAll = (members: ReadonlySet<End>): readonly string[] => {
    if (ends.every((end) => members.has(end))) return ['outside'];
    const hasInternet = [...internet].every((end) => members.has(end));
    const isNamed = (cell: AddressCell): boolean => {
      const end = endOf.get(cell);
      if (end === undefined) return cell.within.every(isNamed);
      return members.has(end) && !(hasInternet && internet.has(end));
    };
    return [...(hasInternet ? ['internet'] : []), ...roots.flatMap((root) => nameCells(root, isNamed))];
  };
  return { ends, nameAll, isInternet: (end) => internet.has(end) };
}

function endOfCell(cell: AddressCell, address: string): End {
  const name = [cell, ...cell.within].map(({ range }) => printIpRange(range)).join('!');
  return { kind: 'addresses', name, namespace: undefined, endpoint: { kind: 'ip', address }, workloads: [] };
}

/** A range and those inside it are one name where all of them are meant. */
function nameCells(cell: AddressCell, isNamed: (cell: AddressCell) => boolean): readonly string[] {
  if (!isNamed(cell)) return cell.within.flatMap((inner) => nameCells(inner, isNamed));
  const exceptions = cell.within.flatMap((inner) => unnamedIn(inner, isNamed));
  const name = [cell, ...exceptions].map(({ range }) => printIpRange(range)).join('!');
  return [name, ...exceptions.flatMap((inner) => nameCells(inner, isNamed))];
}

/** The largest cells here that are not meant. */
function unnamedIn(cell: AddressCell, isNamed: (cell: AddressCell) => boolean): readonly AddressCell[] {
  return isNamed(cell) ? cell.within.flatMap((inner) => unnamedIn(inner, isNamed)) : [cell];
}
