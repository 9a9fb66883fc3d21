import { load, loadAll } from 'js-yaml';
import type { Endpoint } from '../../src/model/flow.ts';
import { contains, parseIpAddress, parseIpRange } from '../../src/policy/ip-range.ts';
import type { GoldenCase } from '../golden/golden-case.ts';

interface Found {
  readonly items?: readonly Found[];
  readonly metadata?: { readonly namespace?: string; readonly labels?: object };
  readonly spec?: {
    readonly hostNetwork?: boolean;
    readonly nodes?: readonly string[];
    readonly template?: Found;
  };
}

/** Whether Cilium knows an end of a golden case by its node: its address is a node's, or its pods are on the node's network. */
export function knownByNode({ input, config }: GoldenCase): (end: Endpoint) => boolean {
  const spec = config === undefined ? undefined : (load(config) as Found).spec;
  const ranges = (spec?.nodes ?? []).flatMap((text) => parseIpRange(text) ?? []);
  const onHost = (loadAll(input) as readonly (Found | null)[])
    .flatMap((found) => found?.items ?? found ?? [])
    .map((found) => ({ namespace: found.metadata?.namespace ?? 'default', pod: found.spec?.template ?? found }))
    .filter(({ pod }) => pod.spec?.hostNetwork === true)
    .map(({ namespace, pod }) => JSON.stringify([namespace, pod.metadata?.labels]));
  return (end) => {
    if (end.kind === 'pod') return onHost.includes(JSON.stringify([end.namespace, end.labels]));
    const address = end.kind === 'ip' ? parseIpAddress(end.address) : undefined;
    return address !== undefined && ranges.some((range) => contains(range, address));
  };
}
