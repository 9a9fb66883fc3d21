import type { Endpoint } from '../../src/model/flow.ts';
import type { Try } from './calico-verdicts.ts';
import { address, type CiliumEnd, ciliumVerdicts, entity, pod } from './cilium-verdicts.ts';

/**
 * What Cilium's own engine says of each try at its own end, under policies as a YAML stream. `isNode`: ends that it knows
 * as a node, whatever their labels and addresses are.
 */
export function ciliumTries(
  policies: string,
  tries: readonly Try[],
  isNode: (end: Endpoint) => boolean = () => false,
): readonly boolean[] {
  const endOf = (end: Endpoint): CiliumEnd => (isNode(end) ? entity('remote-node') : asWritten(end));
  const answers = ciliumVerdicts(
    policies,
    tries.map(({ flow: { source, destination, port, protocol } }) => {
      return { from: endOf(source), to: endOf(destination), port, protocol };
    }),
  );
  return tries.map(({ end }, index) => answers[index]?.[end === 'Ingress' ? 'ingress' : 'egress'].passes === true);
}

/** What has no namespace is in the default one. */
function asWritten(end: Endpoint): CiliumEnd {
  if (end.kind === 'ip') return address(end.address);
  if (end.kind === 'named') throw new Error('a named end is asked for by its own test');
  const { namespace, labels, namespaceLabels } = end;
  return pod({ namespace: namespace === '' ? 'default' : namespace, labels, namespaceLabels });
}
