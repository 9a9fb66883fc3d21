import type { PodsEntry, RuleEntry, WorkloadKind } from '../../model/config.ts';
import type { LabelSelector } from '../../model/label-selector.ts';
import { parseSelectorText } from './parse-selector-text.ts';
import { readList } from './read-list.ts';
import { readRequests } from './read-requests.ts';
import { readSelector } from './read-selector.ts';
import type { RawPods, RawRule, RawSaid, RawTarget, RawWorkloadKind } from './schema-entries.ts';
import type { RawSelector } from './schema-peers.ts';
import { placeOfSpot, reportAt, type Spot, within } from './spot.ts';

/** What an entry says in the place of annotations. */
type Said = Pick<RuleEntry, 'allowFrom' | 'allowTo' | 'isolate' | 'trust' | 'noDns' | 'http' | 'place'>;

function readSaid(raw: RawSaid, spot: Spot): Said {
  return {
    allowFrom: readList(raw.allowFrom, 'none', within(spot, 'allowFrom')),
    allowTo: readList(raw.allowTo, 'none', within(spot, 'allowTo')),
    isolate: raw.isolate,
    trust: raw.trust,
    noDns: raw.dns === 'none',
    http: readRequests(raw.http, within(spot, 'http')),
    place: placeOfSpot(spot),
  };
}

/** The entries of `pods`. */
export function readPodsEntries(raw: readonly RawPods[], spot: Spot): PodsEntry[] {
  const seen = new Set<string>();
  return raw.flatMap((entry, index) => {
    const at = within(spot, index);
    const id = `${entry.namespace ?? ''}/${entry.name}`;
    if (seen.has(id))
      reportAt(within(at, 'name'), { code: 'invalid-field', must: 'must not be said twice', got: entry.name });
    seen.add(id);
    const podSelector = readPodSelector(entry.podSelector, within(at, 'podSelector'));
    const ports = (entry.ports ?? []).map(({ name, containerPort, protocol = 'TCP' }) => {
      return { name, port: containerPort, protocol };
    });
    const said = readSaid(entry, at);
    return podSelector === undefined
      ? []
      : [
          {
            name: entry.name,
            namespace: entry.namespace,
            podSelector,
            ports,
            serviceAccount: entry.serviceAccount,
            ...said,
          },
        ];
  });
}

/** The empty selector would give every pod of the namespace this name. */
function readPodSelector(raw: RawSelector, spot: Spot): LabelSelector | undefined {
  const selector = readSelector(raw, spot);
  if (selector === undefined || selector.length > 0) return selector;
  return reportAt(spot, { code: 'invalid-selector', must: 'must have a label that tells these pods from others' });
}

/** The entries of `rules`. */
export function readRules(raw: readonly RawRule[], spot: Spot): RuleEntry[] {
  return raw.map((entry, index) => {
    const at = within(spot, index);
    const said = readSaid(entry, at);
    const isSilent = Object.entries(entry).every(([key, value]) => key === 'target' || value === undefined);
    if (isSilent)
      reportAt(at, {
        code: 'invalid-field',
        must: 'must say "allowFrom", "allowTo", "isolate", "trust", "dns" or "http"',
      });
    return { target: readTarget(entry.target, within(at, 'target')), ...said };
  });
}

const PATTERNS = ['group', 'version', 'kind', 'name', 'namespace'] as const;

/** Fields that are empty match everything, as in Kustomize. */
function readTarget(raw: RawTarget, spot: Spot): RuleEntry['target'] {
  if (Object.values(raw).every((value) => value === undefined || value === '')) {
    reportAt(spot, { code: 'invalid-field', must: 'must have a field, because without one it is every object' });
  }
  for (const key of PATTERNS) checkPattern(raw[key], within(spot, key));
  return {
    group: raw.group || undefined,
    version: raw.version || undefined,
    kind: raw.kind || undefined,
    name: raw.name || undefined,
    namespace: raw.namespace || undefined,
    labelSelector: readTargetSelector(raw.labelSelector, within(spot, 'labelSelector')),
    annotationSelector: readTargetSelector(raw.annotationSelector, within(spot, 'annotationSelector')),
  };
}

function checkPattern(pattern: string | undefined, spot: Spot): void {
  try {
    new RegExp(`^(?:${pattern ?? ''})$`);
  } catch {
    reportAt(spot, {
      code: 'invalid-field',
      must: 'must be a name or a regular expression',
      ...(pattern && { got: pattern }),
    });
  }
}

function readTargetSelector(raw: string | RawSelector | undefined, spot: Spot): LabelSelector | undefined {
  if (typeof raw === 'object') return readSelector(raw, spot);
  if (raw === undefined) return undefined;
  const must = 'must be a selector such as "app=web,tier in (a,b),!old"';
  return parseSelectorText(raw) ?? reportAt(spot, { code: 'invalid-selector', must, got: raw });
}

/** The entries of `workloadKinds`. */
export function readWorkloadKinds(raw: readonly RawWorkloadKind[], spot: Spot): WorkloadKind[] {
  return raw.map(({ apiVersion, group, kind, template = 'spec.template', selector }, index) => {
    if (apiVersion !== undefined && group !== undefined) {
      reportAt(within(spot, index), {
        code: 'invalid-field',
        must: 'must have either "apiVersion" or "group", not both',
      });
    }
    return {
      group: group ?? apiVersion?.replace(/\/?[^/]*$/, ''),
      kind,
      template: template.split('.'),
      selector: selector?.split('.'),
    };
  });
}
