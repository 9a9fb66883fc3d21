import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { type End, endsOf } from '../golden/ends.ts';
import { readPolicies } from '../golden/policies.ts';
import { readReachFile } from '../golden/reach-file.ts';
import { type Row, reachRows } from '../golden/reach-rows.ts';
import { seedBuild } from './seed.ts';

/** A document's cluster with both sets of policies: Postern's, as the golden case has them, and the document's. */
export interface Compared {
  readonly ends: readonly End[];
  readonly generated: readonly NetworkPolicy[];
  readonly handWritten: readonly NetworkPolicy[];
  readonly rows: readonly Row[];
}

/** Reads a build of the seeds, such as `homelab/cluster`. */
export function compare(name: string): Compared {
  const { folder } = seedBuild(name);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const reach = readReachFile(folder);
  if (reach.handWritten === undefined) throw new Error(`${name} has nothing to compare with`);
  const ends = endsOf(read('input.yaml'), reach);
  const generated = readPolicies(read('expected.yaml'));
  const handWritten = readPolicies(reach.handWritten);
  const rows = reachRows(ends, { generated, handWritten, differences: reach.differences });
  return { ends, generated, handWritten, rows };
}

/** What a table says of one pair. */
export function rowOf({ rows }: Compared, source: string, destination: string): Row {
  const row = rows.find((candidate) => candidate.source === source && candidate.destination === destination);
  if (row === undefined) throw new Error(`The table lacks ${source} -> ${destination}`);
  return row;
}

/** Who reaches a destination at all under the generated policies. */
export function reachers({ rows }: Compared, destination: string): readonly string[] {
  return rows.filter((row) => row.destination === destination && row.generated !== '-').map(({ source }) => source);
}
