import type { Direction } from '../../model/direction.ts';
import type { Action, Rule } from '../../model/network-policy.ts';
import { type Fields, list, mapping, string } from '../fields.ts';
import { entries } from '../network-policy-rule.ts';
import { unread, warnUnknownFields } from '../unread.ts';
import { peerKeys, type RuleScope, readPeers } from './peers.ts';
import { readToPorts } from './ports.ts';

/** A section of a policy. */
interface Section {
  readonly key: string;
  readonly direction: Direction;
  readonly side: RuleScope['side'];
  readonly action: Action;
}

export const SECTIONS: readonly Section[] = [
  { key: 'ingress', direction: 'Ingress', side: 'from', action: 'allow' },
  { key: 'ingressDeny', direction: 'Ingress', side: 'from', action: 'deny' },
  { key: 'egress', direction: 'Egress', side: 'to', action: 'allow' },
  { key: 'egressDeny', direction: 'Egress', side: 'to', action: 'deny' },
];

/** The rules of one direction, allowing ones first; undefined where it has no section. An empty list is no section. */
export function readRules(
  spec: Fields,
  direction: Direction,
  namespace: string | undefined,
): readonly Rule[] | undefined {
  const sections = SECTIONS.filter((section) => section.direction === direction && list(spec, section.key).length > 0);
  if (sections.length === 0) return undefined;
  return sections.flatMap(({ key, side, action }) =>
    entries(spec, key).flatMap((rule) => readRule(rule, { side, namespace, action })),
  );
}

const KNOWN: readonly string[] = ['toPorts', 'icmps', 'authentication'];

function readRule(fields: Fields, scope: RuleScope): readonly Rule[] {
  const isKnown = warnUnread(fields, scope);
  const peers = isKnown ? readPeers(fields, scope) : [];
  const hasPorts = list(fields, 'toPorts').length > 0;
  const hasOnlyIcmp = !hasPorts && list(fields, 'icmps').length > 0;
  // A rule that says nothing at all closes and opens nobody.
  if (peers === undefined && !hasPorts) return [];
  const only = authentication(fields);
  const ports = hasPorts ? readToPorts(fields) : [{ ports: hasOnlyIcmp ? ([] as const) : ('all' as const) }];
  return ports.map((one): Rule => {
    const inside = [...(one.only ?? []), ...only];
    return {
      peers: peers ?? 'all',
      ports: one.ports,
      ...(one.requests === undefined ? {} : { requests: one.requests }),
      path: fields.path,
      ...(scope.action === 'allow' ? {} : { action: scope.action }),
      ...(inside.length === 0 ? {} : { only: inside }),
    };
  });
}

/** Whether the rule can be counted: what is not understood must not allow, and a denial without it denies more. */
function warnUnread(fields: Fields, { side, action }: RuleScope): boolean {
  const requires = `${side}Requires`;
  if (list(fields, requires).length > 0) {
    unread(fields, requires, 'is not read: Cilium 1.19 took it away, and older releases open less than is told here');
  }
  const known = [...KNOWN, requires, ...peerKeys(side)];
  const how = action === 'deny' ? 'the denial is read without it' : 'the rule is read as matching nothing';
  return !warnUnknownFields(fields, known, how) || action === 'deny';
}

function authentication(fields: Fields): readonly string[] {
  const block = mapping(fields, 'authentication');
  return block !== undefined && string(block, 'mode') === 'required' ? ['with mutual authentication'] : [];
}
