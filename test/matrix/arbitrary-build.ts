import fc from 'fast-check';
import type { Endpoint } from '../../src/model/flow.ts';
import type { ContainerPort } from '../../src/model/port.ts';
import {
  containerPorts,
  labels,
  NAMESPACES,
  namespaceLabels,
  type PolicyObject,
  policy,
} from '../reach/arbitrary-cluster.ts';

type Pod = Extract<Endpoint, { kind: 'pod' }>;

/** A finished build: namespaces, pods and policies, as the input has them and as the evaluator takes them. */
export interface RandomBuild {
  readonly text: string;
  readonly policies: readonly PolicyObject[];
  /** By the name that the matrix gives them. */
  readonly pods: ReadonlyMap<string, Pod>;
}

/** Builds of a few pods under a few policies. */
export const arbitraryBuild: fc.Arbitrary<RandomBuild> = fc
  .record({
    policies: fc.array(policy, { maxLength: 6, size: 'max' }),
    namespaces: namespaceLabels,
    pods: fc.array(fc.record({ namespace: fc.constantFrom(...NAMESPACES), labels, ports: containerPorts }), {
      minLength: 2,
      maxLength: 7,
      size: 'max',
    }),
  })
  .map(({ policies, namespaces, pods }): RandomBuild => {
    const named = policies.map((one, number) => ({ ...one, metadata: { ...one.metadata, name: `policy-${number}` } }));
    const objects = [
      ...NAMESPACES.map((name) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: namespaces[name] },
      })),
      ...pods.map(podObject),
      ...named,
    ];
    return {
      text: objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(''),
      policies: named,
      pods: new Map(
        pods.map(({ namespace, ...pod }, number) => [
          `${namespace}/pod-${number}`,
          {
            kind: 'pod',
            namespace,
            ...pod,
            namespaceLabels: { ...namespaces[namespace], 'kubernetes.io/metadata.name': namespace },
          },
        ]),
      ),
    };
  });

interface GivenPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly ContainerPort[];
}

function podObject({ namespace, labels: own, ports }: GivenPod, number: number): unknown {
  const written = ports.map(({ name, port, protocol }) => ({
    ...(name === undefined ? {} : { name }),
    containerPort: port,
    protocol,
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${number}`, namespace, labels: own },
    spec: { containers: [{ name: 'main', image: 'main', ports: written }] },
  };
}
