import type { PodsPeer } from '../../model/network-policy.ts';
import { type Fields, mapping } from '../fields.ts';
import { readLabelSelector } from '../label-selector.ts';
import { isPresent } from '../network-policy-rule.ts';

/** Pods by their namespaces alone, or by both; undefined where neither is written. */
export function readPods(fields: Fields): PodsPeer | undefined {
  if (isPresent(fields, 'namespaces')) {
    return { kind: 'pods', namespaceSelector: readLabelSelector(fields, 'namespaces') ?? [], podSelector: [] };
  }
  const pods = mapping(fields, 'pods');
  if (pods === undefined) return undefined;
  const [namespaceSelector, podSelector] = ['namespaceSelector', 'podSelector'].map((key) =>
    readLabelSelector(pods, key),
  );
  return { kind: 'pods', namespaceSelector: namespaceSelector ?? [], podSelector: podSelector ?? [] };
}
