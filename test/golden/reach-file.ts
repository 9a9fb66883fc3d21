import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import type { StringMap } from '../../src/model/resource.ts';

/** A case's `reach.yaml`: it asks for the table of who reaches whom. */
export interface ReachFile {
  /** Ends beside the workloads of the input: pods by `namespace/name`, addresses by any name. */
  readonly outside: Readonly<Record<string, OutsideEnd>>;
  /** Labels of namespaces whose objects are not in the input. */
  readonly namespaces: Readonly<Record<string, StringMap>>;
  /** A stream of the policies that people wrote for the same cluster; undefined: nothing to compare with. */
  readonly handWritten: string | undefined;
  readonly differences: readonly Difference[];
}

/** A pod that the input lacks, or an address. Ports are written `53/udp`. */
export interface OutsideEnd {
  readonly address?: string;
  readonly labels?: StringMap;
  readonly ports?: readonly (number | string)[];
}

/** Why the two sets of policies differ for some pairs; names may hold `*`. */
export interface Difference {
  readonly name: string;
  readonly source: string | readonly string[];
  readonly destination: string | readonly string[];
  /** What the tables say, where it is the same for all of the pairs. */
  readonly generated?: string;
  readonly handWritten?: string;
  readonly why: string;
}

/** Reads a case's `reach.yaml` and the files that it names, relative to it. */
export function readReachFile(folder: string): ReachFile {
  const path = join(folder, 'reach.yaml');
  const file = (load(readFileSync(path, 'utf8')) ?? {}) as {
    readonly outside?: ReachFile['outside'];
    readonly namespaces?: ReachFile['namespaces'];
    readonly handWritten?: string;
    readonly differences?: string;
  };
  const beside = (name: string): string => readFileSync(join(dirname(path), name), 'utf8');
  return {
    outside: file.outside ?? {},
    namespaces: file.namespaces ?? {},
    handWritten: file.handWritten === undefined ? undefined : beside(file.handWritten),
    differences:
      file.differences === undefined ? [] : ((load(beside(file.differences)) ?? []) as readonly Difference[]),
  };
}
