import { dump } from 'js-yaml';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { Problem } from '../../src/model/problem.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import { run } from '../../src/run.ts';
import { annotate, type Flavour } from './annotate.ts';
import type { Case } from './case-folder.ts';
import { type Cluster, readCluster } from './cluster.ts';
import { type Edges, isIntended, readEdges, readIntendedEdges } from './edges.ts';
import { type Expectation, expectationsOf } from './expectation.ts';
import { generatedPolicies, type PolicyObject } from './generated.ts';
import { putWords } from './words.ts';

/** One case, annotated in one flavour and fed to Postern. */
export interface Trial {
  readonly problems: readonly Problem[];
  readonly policies: readonly PolicyObject[];
  readonly expectations: readonly Expectation[];
}

/** The facts of a case, read from its table and its input. */
export function readFacts({ input, edges }: Case): { readonly cluster: Cluster; readonly edges: Edges } {
  const cluster = readCluster(input);
  return {
    cluster,
    edges: isIntended(edges) ? readIntendedEdges(edges, [...cluster.workloads.keys()]) : readEdges(edges),
  };
}

/** Annotates a case as its user would, and runs Postern on it; `fields` are added to the config. */
export function tryCase(source: Case, flavour: Flavour, fields: Readonly<Record<string, unknown>> = {}): Trial {
  const { cluster, edges } = readFacts(source);
  const { text, spec } = putWords(source.input, annotate(edges, cluster, flavour), cluster, flavour);
  const { output, problems } = run({
    input: text,
    config: { text: configOf({ ...spec, ...fields }), file: 'postern.yaml' },
  });
  return { problems, policies: generatedPolicies(text, output), expectations: expectationsOf(edges, cluster, flavour) };
}

/** The function's config with this spec, as YAML. */
export function configOf(spec: Readonly<Record<string, unknown>>): string {
  return dump({
    apiVersion: 'postern.dev/v1alpha1',
    kind: 'NetworkPolicyGenerator',
    metadata: { name: 'netpol' },
    spec,
  });
}

/** A try that ends otherwise than the table says, as a line of text. */
export interface Surprise {
  readonly name: string;
  readonly text: string;
}

/** The tries that end otherwise under these policies, by Postern's own reader of policies. */
export function surprises(
  policies: readonly NetworkPolicy[],
  expectations: readonly Expectation[],
): readonly Surprise[] {
  const index = indexPolicies(policies);
  const answers = expectations.map(({ flow, ends }) => ends.every((end) => judgeEnd(index, end, flow).allowed));
  return compare(expectations, answers);
}

/** The tries whose answer is not the expected one. */
export function compare(expectations: readonly Expectation[], answers: readonly boolean[]): readonly Surprise[] {
  return expectations.flatMap(({ name, allowed }, index) =>
    answers[index] === allowed ? [] : [{ name, text: `${name}: must be ${word(allowed)}, is ${word(!allowed)}` }],
  );
}

function word(allowed: boolean): string {
  return allowed ? 'open' : 'closed';
}
