import { load } from 'js-yaml';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judge } from '../../src/reach/judge.ts';
import type { End } from './ends.ts';

/** A connection that somebody expects to pass, or to be refused. */
export interface Expectation {
  /** A workload's name, with its namespace where the name alone does not say which. */
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly expected: 'allow' | 'deny';
}

/** An expectation and what the policies make of it. */
export interface Outcome extends Expectation {
  readonly got: Expectation['expected'];
  /** Ends that refuse it. */
  readonly refusedBy: readonly ('egress' | 'ingress')[];
}

/** Reads a matrix for one environment: `APP` in it stands for the namespace of the application. */
export function readMatrix(text: string, namespace: string): readonly Expectation[] {
  return load(text.replaceAll('APP', namespace)) as readonly Expectation[];
}

/** Tries each connection of a matrix over TCP. */
export function tryMatrix(
  matrix: readonly Expectation[],
  ends: readonly End[],
  policies: readonly NetworkPolicy[],
): readonly Outcome[] {
  const index = indexPolicies(policies);
  return matrix.map((row) => {
    const source = findEnd(ends, row.source);
    const destination = findEnd(ends, row.destination);
    const verdict = judge(index, { source, destination, protocol: 'TCP', port: row.port });
    const refusedBy = (['egress', 'ingress'] as const).filter((end) => !verdict[end].allowed);
    return { ...row, got: verdict.allowed ? 'allow' : 'deny', refusedBy };
  });
}

/** Those whose outcome is the expected one. */
export function passed(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.filter(({ expected, got }) => expected === got);
}

function findEnd(ends: readonly End[], name: string): End['endpoint'] {
  const end = ends.find((candidate) => candidate.name === name);
  if (end === undefined) throw new Error(`The matrix names ${name}, which the input lacks`);
  return end.endpoint;
}
