import { resolveItem } from '../infer/resolve-item.ts';
import type { ResolvedPeer } from '../infer/resolved.ts';
import { writtenPorts } from '../infer/target-ports.ts';
import type { Endpoint } from '../model/flow.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { PortSet } from '../model/port.ts';
import type { StringMap } from '../model/resource.ts';
import { unionAll } from '../policy/port-set.ts';
import { NAMESPACE_NAME } from '../policy/selector.ts';
import type { Kit } from './kit.ts';
import type { Outsider } from './revealed.ts';

/** An endpoint that stands for somebody outside the input, and the ports that are meant with it. */
export interface Probe {
  readonly endpoint: Endpoint;
  readonly ports: PortSet;
}

/** What to ask policies about somebody outside the input: all of it must pass. */
export function probesOf({ peer, ports }: Outsider, namespace: string, kit: Kit): readonly Probe[] {
  const speaker = { resource: undefined, namespace, writtenBy: 'object' as const };
  return kit
    .read(peer)
    .flatMap((item) => resolveItem(item, speaker, kit.names, {}, () => {}))
    .flatMap((found) => {
      const meant =
        ports ?? (found.ports === undefined ? 'all' : unionAll(found.ports.map((term) => writtenPorts(term) ?? [])));
      return probesOfPeer(found.peer, namespace).map((endpoint) => ({ endpoint, ports: meant }));
    });
}

/** An address that documentation has for itself, so that no rule is written for it. */
const ANY_ADDRESS: Endpoint = { kind: 'ip', address: '203.0.113.77' };
const ANY_POD: Endpoint = {
  kind: 'pod',
  namespace: '\0',
  labels: {},
  namespaceLabels: { [NAMESPACE_NAME]: '\0' },
  ports: [],
};

function probesOfPeer(peer: ResolvedPeer, namespace: string): Endpoint[] {
  if (peer.kind === 'object') return [];
  if (peer.kind === 'podSet') {
    const namespaceLabels =
      peer.namespaceSelector === undefined ? { [NAMESPACE_NAME]: namespace } : certain(peer.namespaceSelector);
    const name = namespaceLabels[NAMESPACE_NAME] ?? '\0';
    return [{ kind: 'pod', namespace: name, labels: certain(peer.podSelector), namespaceLabels, ports: [] }];
  }
  return peer.peers.flatMap((block): Endpoint[] => {
    if (block === 'all') return [ANY_ADDRESS, ANY_POD];
    if (block.kind === 'pods') return [];
    // What an API has a word for is found by that word only.
    if (block.kind !== 'ipBlock') return [{ kind: 'named', peer: block }];
    // Of the internet in both families, one address of each would ask for more than most policies say.
    if (block.cidr === '::/0') return [];
    return block.cidr === '0.0.0.0/0' ? [ANY_ADDRESS] : [{ kind: 'ip', address: block.cidr.split('/')[0] ?? '' }];
  });
}

/** The labels that a selector leaves no choice about. */
function certain(selector: LabelSelector): StringMap {
  return Object.fromEntries(
    selector.flatMap(({ key, operator, values }) =>
      operator === 'In' && values.length === 1 ? [[key, values[0] ?? '']] : [],
    ),
  );
}
