import { nearest } from '../../model/nearest.ts';
import { isMapping } from '../fields.ts';
import { describe } from './report-issues.ts';
import { reportAt, type Spot, within } from './spot.ts';

/** How the text of a field becomes a value of `spec`. */
type TextKind = 'text' | 'names' | 'boolean';

const FIELDS: Readonly<Record<string, TextKind>> = {
  owner: 'text',
  annotationPrefix: 'text',
  isolate: 'text',
  trust: 'text',
  'minimum.isolate': 'text',
  'minimum.trust': 'text',
  namespace: 'text',
  namespaces: 'names',
  exclude: 'names',
  'always.allowTo': 'text',
  'always.allowFrom': 'text',
  dns: 'text',
  'dns.peers': 'text',
  'dns.nodeLocal': 'names',
  mesh: 'text',
  'mesh.name': 'text',
  'mesh.controlPlane': 'text',
  'mesh.meshed': 'text',
  'mesh.unmeshed': 'text',
  'mesh.metrics': 'text',
  identity: 'text',
  'identity.name': 'text',
  'identity.trustDomain': 'text',
  'identity.networks': 'names',
  nodes: 'names',
  privateRanges: 'names',
  'argocd.syncWaves': 'boolean',
  expect: 'text',
  verbose: 'boolean',
  dialect: 'text',
  dialects: 'names',
  mode: 'text',
};
const NEEDS_MAPPINGS: readonly string[] = ['pods', 'rules', 'workloadKinds', 'clusterWide'];
const ALIAS = 'peers.';

/** The `data` of a ConfigMap, such as kpt's `configMap:`, as the `spec` that it stands for. `spot` is that of `data`. */
export function readConfigMap(data: unknown, spot: Spot): Record<string, unknown> {
  const spec: Record<string, unknown> = {};
  if (data === undefined || data === null) return spec;
  if (!isMapping(data)) {
    reportAt(spot, { code: 'invalid-field', must: `must be a mapping of texts, got ${describe(data)}` });
    return spec;
  }
  for (const [key, value] of Object.entries(data)) {
    const text = readText(value, within(spot, key));
    if (text !== undefined) putField(spec, key, text, within(spot, key));
  }
  return spec;
}

/** kpt passes numbers and booleans on as YAML read them. */
function readText(value: unknown, spot: Spot): string | undefined {
  const text = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
  if (text !== undefined && text.trim() !== '') return text.trim() === text ? text : text.trimEnd();
  const must = `must be text that is not empty, got ${describe(value)}`;
  return reportAt(spot, { code: 'invalid-field', must, advice: 'remove the field for its default' });
}

function putField(spec: Record<string, unknown>, key: string, text: string, spot: Spot): void {
  const kind = key.startsWith(ALIAS) ? 'text' : Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
  if (kind === undefined) {
    reportUnknownKey(key, spot);
    return;
  }
  const dot = key.indexOf('.');
  const value = valueIn(kind, text);
  const outer = dot < 0 ? key : key.slice(0, dot);
  if (spec[outer] !== undefined && (dot < 0 || !isMapping(spec[outer]))) reportBoth(outer, spot);
  else if (dot < 0) spec[key] = value;
  else {
    const own = { value, enumerable: true, writable: true, configurable: true };
    spec[outer] ??= {};
    Object.defineProperty(spec[outer], key.slice(dot + 1), own);
  }
}

/** `dns: openshift` says all that `dns.peers` could. */
function reportBoth(outer: string, spot: Spot): void {
  const must = `must have either "${outer}" or keys that begin with "${outer}.", not both`;
  reportAt(spot, { code: 'invalid-field', must });
}

function valueIn(kind: TextKind, text: string): unknown {
  if (kind === 'names') return text.split(/[\s,]+/).filter((name) => name !== '');
  return kind === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
}

function reportUnknownKey(key: string, spot: Spot): void {
  if (NEEDS_MAPPINGS.includes(key.split('.', 1)[0] ?? '')) {
    const advice = 'use a NetworkPolicyGenerator';
    reportAt(spot, {
      code: 'unknown-field',
      must: 'must not be in a ConfigMap, which holds only text',
      got: key,
      advice,
    });
    return;
  }
  const want = nearest(key, Object.keys(FIELDS));
  reportAt(spot, {
    code: 'unknown-field',
    must: 'must be a known field, or "peers." with a name',
    got: key,
    ...(want === undefined ? { advice: `the fields are ${Object.keys(FIELDS).join(', ')}` } : { want }),
  });
}
