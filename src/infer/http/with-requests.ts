import type { HttpRequest, Rule } from '../../model/network-policy.ts';
import type { PortSet } from '../../model/port.ts';
import { mergeRules } from '../../policy/merge-rules.ts';
import { intersect, isEmpty, portSet, subtract } from '../../policy/port-set.ts';
import type { RuleSet } from '../../policy/rule-set.ts';

/**
 * The rules of a workload of which callers may request only some: whoever may connect to such a port may request these
 * and nothing else. A rule without requests for the same port would cancel that, so none is left.
 */
export function withRequests(rules: RuleSet, ports: ReadonlyMap<number, readonly HttpRequest[]>): readonly Rule[] {
  const looked = byRequests(ports);
  const restricted = portSet(looked.flatMap(({ numbers }) => numbers.map(tcp)));
  return [
    ...mergeRules(mapPorts(rules, (open) => subtract(open, restricted))),
    ...looked.flatMap(({ numbers, requests }) => {
      const those = portSet(numbers.map(tcp));
      return mergeRules(mapPorts(rules, (open) => intersect(open, those))).map(
        (rule): Rule => ({ ...rule, requests: { kind: 'http', requests } }),
      );
    }),
  ];
}

/** Ports with the same requests share rules. */
function byRequests(
  ports: ReadonlyMap<number, readonly HttpRequest[]>,
): readonly { readonly numbers: readonly number[]; readonly requests: readonly HttpRequest[] }[] {
  const groups = new Map<string, { readonly numbers: number[]; readonly requests: readonly HttpRequest[] }>();
  for (const [port, requests] of [...ports].sort(([a], [b]) => a - b)) {
    const sorted = [...requests].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const key = sorted.map(keyOf).join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { numbers: [port], requests: sorted });
    else group.numbers.push(port);
  }
  return [...groups.values()];
}

/** Paths first, so that what belongs together stands together. */
function keyOf({ method = '', path = '' }: HttpRequest): string {
  return `${path} ${method}`;
}

function tcp(port: number): { readonly protocol: 'TCP'; readonly port: number; readonly endPort: number } {
  return { protocol: 'TCP', port, endPort: port };
}

function mapPorts(rules: RuleSet, change: (ports: PortSet) => PortSet): RuleSet {
  const changed = [...rules].map(([key, grant]) => [key, { ...grant, ports: change(grant.ports) }] as const);
  return new Map(changed.filter(([, { ports }]) => !isEmpty(ports)));
}
