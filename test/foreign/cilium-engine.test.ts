import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import type { Endpoint, Flow } from '../../src/model/flow.ts';
import { NAMESPACE_NAME } from '../../src/policy/selector.ts';
import { indexPolicies, type PolicyIndex } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import * as engine from '../dialects/cilium-verdicts.ts';
import { describeWithCheckers } from '../dialects/run-checker.ts';
import { arbitraryCluster, type PolicyObject } from '../reach/arbitrary-cluster.ts';
import { readPolicy } from '../reach/read-policy.ts';
import { arbitraryCilium, type CiliumObject } from './arbitrary-cilium.ts';
import { readCilium } from './read-foreign.ts';

const ENTITIES = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'world'] as const;

describeWithCheckers("the reader of Cilium's policies, beside Cilium's own engine", () => {
  it('says the same of random policies of all kinds', () => {
    let met = 0;
    fc.assert(
      fc.property(
        fc.array(arbitraryCilium, { minLength: 1, maxLength: 3 }),
        arbitraryCluster,
        (foreign, { policies, flows }) => {
          const plain = policies.slice(0, 2).map(withoutIdleSections);
          const index = indexPolicies([...plain.map(readPolicy), ...foreign.flatMap(readCilium)]);
          const asked = flowsBetween(flows);
          const answers = engine.ciliumVerdicts(yamlOf([...foreign, ...plain]), asked.map(questionOf));
          for (const [at, flow] of asked.entries()) met += compare(index, flow, answers[at]);
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
    assert.ok(met > 500, `only ${met} connections were let through by a rule`);
  });
});

/** How many ends a rule opens. */
function compare(index: PolicyIndex, flow: Flow, answer: engine.CiliumAnswer | undefined): number {
  const ends = [
    { direction: 'Ingress', own: flow.destination, theirs: answer?.ingress },
    { direction: 'Egress', own: flow.source, theirs: answer?.egress },
  ] as const;
  const opened = ends.map(({ direction, own, theirs }) => {
    if (own.kind !== 'pod') return 0;
    const { allowed, isolatedBy } = judgeEnd(index, direction, flow);
    assert.equal(allowed, theirs?.allowed, `${direction} of ${JSON.stringify(flow)}`);
    return isolatedBy.length > 0 && allowed ? 1 : 0;
  });
  return opened.reduce<number>((sum, one) => sum + one, 0);
}

/** Cilium counts the rules of a direction that `policyTypes` leaves out; the API does not. */
function withoutIdleSections({ spec, ...object }: PolicyObject): PolicyObject {
  const { ingress, egress, ...others } = spec;
  const has = (direction: string): boolean => spec.policyTypes.includes(direction);
  return {
    ...object,
    spec: {
      ...others,
      ...(has('Ingress') && ingress !== undefined ? { ingress } : {}),
      ...(has('Egress') && egress !== undefined ? { egress } : {}),
    },
  };
}

/** Objects of one kind and namespace must not share a name. */
function yamlOf(objects: readonly (CiliumObject | PolicyObject)[]): string {
  return objects
    .map((object, at) => dump({ ...object, metadata: { ...object.metadata, name: `policy-${at}` } }))
    .join('---\n');
}

/** Every pair of pods, and each pod with what is no pod. */
function flowsBetween(flows: readonly Flow[]): readonly Flow[] {
  const ends = flows.flatMap(({ source, destination }) => [named(source), named(destination)]).slice(0, 8);
  const entities = ENTITIES.map((word): Endpoint => ({ kind: 'named', peer: { kind: 'entity', entity: word } }));
  const all = [...ends, ...entities];
  const ports = flows.map(({ protocol, port }) => ({ protocol, port })).slice(0, 4);
  return all.flatMap((source) =>
    all.flatMap((destination) =>
      source.kind !== 'pod' && destination.kind !== 'pod'
        ? []
        : ports.map((port) => ({ source, destination, ...port })),
    ),
  );
}

/** Kubernetes labels each namespace with its name. Two ports of one name cannot be told to the engine. */
function named(endpoint: Endpoint): Endpoint {
  if (endpoint.kind !== 'pod') return endpoint;
  const { namespace, namespaceLabels } = endpoint;
  const ports = endpoint.ports.filter(
    ({ name }, at) => endpoint.ports.findIndex((other) => other.name === name) === at,
  );
  return { ...endpoint, ports, namespaceLabels: { ...namespaceLabels, [NAMESPACE_NAME]: namespace } };
}

function questionOf({ source, destination, port, protocol }: Flow): engine.CiliumQuestion {
  return { from: endOf(source), to: endOf(destination), port, protocol };
}

function endOf(endpoint: Endpoint): engine.CiliumEnd {
  // An IPv4 address in the form of IPv6 is that IPv4 address.
  if (endpoint.kind === 'ip') return engine.address(endpoint.address.replace(/^::ffff:/, ''));
  if (endpoint.kind === 'named') return engine.entity((endpoint.peer as { entity: engine.CiliumEntity }).entity);
  const { namespace, labels, namespaceLabels } = endpoint;
  const ports = Object.fromEntries(
    endpoint.ports.flatMap(({ name, port, protocol }) => (name === undefined ? [] : [[name, { port, protocol }]])),
  );
  return engine.pod({ namespace, labels, namespaceLabels, ports });
}
