import type { Rule } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { mergeRules } from '../policy/merge-rules.ts';
import { isEmpty, portSet, subtract } from '../policy/port-set.ts';
import type { RuleSet } from '../policy/rule-set.ts';

/** The ports of name servers that do not say theirs. */
const DNS: PortSet = portSet([
  { protocol: 'TCP', port: 53, endPort: 53 },
  { protocol: 'UDP', port: 53, endPort: 53 },
]);

/**
 * The rules of pods that connect to hosts, with their look-ups through a proxy: an API that allows names learns their
 * addresses from the answers that these very pods get, and without that a host is a rule for nobody.
 */
export function withLookUps(rules: RuleSet, dns: RuleSet): readonly Rule[] {
  const asked: RuleSet = new Map([...dns].map(([key, grant]) => [key, { ...grant, ports: singlePorts(grant.ports) }]));
  const others: RuleSet = new Map();
  for (const [key, grant] of rules) {
    const ports = without(grant.ports, asked.get(key)?.ports);
    if (!isEmpty(ports)) others.set(key, { ...grant, ports });
  }
  const lookUps = mergeRules(asked).map((rule): Rule => ({ ...rule, requests: { kind: 'look-ups' } }));
  return [...lookUps, ...mergeRules(others)];
}

/** A proxy for names takes no ranges. */
function singlePorts(ports: PortSet): PortSet {
  const single = ports === 'all' ? [] : ports.filter(({ port, endPort }) => port === endPort);
  return single.length === 0 ? DNS : single;
}

/** What else a rule opens; one for all ports stays as it is, since its traffic without ports has no other name. */
function without(ports: PortSet, asked: PortSet | undefined): PortSet {
  return ports === 'all' || asked === undefined ? ports : subtract(ports, asked);
}
