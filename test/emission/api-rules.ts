import { containsRange, parseIpRange } from '../../src/policy/ip-range.ts';

type Value = Readonly<Record<string, unknown>>;

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const ANNOTATION_BYTES = 256 * 1024;

/**
 * What the API server would refuse in a NetworkPolicy, as its reference documents it. Written apart from src, which
 * must not be held to itself.
 */
export function apiErrors(policy: Value): readonly string[] {
  const metadata = policy['metadata'] as Value;
  const spec = policy['spec'] as Value;
  return [
    ...unless(isSubdomain(metadata['name']), `name ${metadata['name']}`),
    ...unless(metadata['namespace'] === undefined || isSubdomain(metadata['namespace']), 'namespace'),
    ...mapErrors(metadata['labels'], isLabelValue),
    ...mapErrors(metadata['annotations'], (value) => typeof value === 'string'),
    ...unless(bytes(metadata['annotations']) + bytes(policy) < ANNOTATION_BYTES, 'too large for kubectl apply'),
    ...unless(onlyHas(spec, ['podSelector', 'policyTypes', 'ingress', 'egress']), 'fields of spec'),
    ...selectorErrors(spec['podSelector']),
    ...unless(isPolicyTypes(spec['policyTypes']), 'policyTypes'),
    ...rulesErrors(spec['ingress'], 'from'),
    ...rulesErrors(spec['egress'], 'to'),
  ];
}

function isPolicyTypes(types: unknown): boolean {
  return Array.isArray(types) && types.length > 0 && types.every((type) => type === 'Ingress' || type === 'Egress');
}

function rulesErrors(rules: unknown, end: 'from' | 'to'): readonly string[] {
  return listOf(rules).flatMap((rule) => [
    ...unless(onlyHas(rule, [end, 'ports']), 'fields of a rule'),
    ...listOf(rule['ports']).flatMap(portErrors),
    ...listOf(rule[end]).flatMap(peerErrors),
  ]);
}

function portErrors({ protocol, port, endPort }: Value): readonly string[] {
  return [
    ...unless(protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP', `protocol ${protocol}`),
    ...unless(port === undefined || isPort(port), `port ${port}`),
    ...unless(endPort === undefined || (isPort(endPort) && isPort(port) && endPort >= port), `endPort ${endPort}`),
  ];
}

function peerErrors(peer: Value): readonly string[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const isPods = podSelector !== undefined || namespaceSelector !== undefined;
  return [
    ...unless(onlyHas(peer, ['podSelector', 'namespaceSelector', 'ipBlock']), 'fields of a peer'),
    ...unless(isPods !== (ipBlock !== undefined), 'a peer must be either pods or addresses'),
    ...(podSelector === undefined ? [] : selectorErrors(podSelector)),
    ...(namespaceSelector === undefined ? [] : selectorErrors(namespaceSelector)),
    ...(ipBlock === undefined ? [] : blockErrors(ipBlock as Value)),
  ];
}

function blockErrors({ cidr, except }: Value): readonly string[] {
  const range = parseIpRange(String(cidr));
  if (range === undefined) return [`cidr ${cidr}`];
  return ((except as readonly string[] | undefined) ?? []).flatMap((text) => {
    const exception = parseIpRange(text);
    return unless(exception !== undefined && containsRange(range, exception) && text !== cidr, `except ${text}`);
  });
}

/** Selectors that Postern writes have no matchLabels, so none are allowed here either. */
function selectorErrors(selector: unknown): readonly string[] {
  if (typeof selector !== 'object' || selector === null) return ['a selector must be a mapping'];
  return [
    ...unless(onlyHas(selector as Value, ['matchExpressions']), 'fields of a selector'),
    ...listOf((selector as Value)['matchExpressions']).flatMap(requirementErrors),
  ];
}

function requirementErrors({ key, operator, values }: Value): readonly string[] {
  const takesValues = operator === 'In' || operator === 'NotIn';
  const texts = (values as readonly unknown[] | undefined) ?? [];
  return [
    ...unless(isQualifiedName(key), `key ${key}`),
    ...unless(takesValues || operator === 'Exists' || operator === 'DoesNotExist', `operator ${operator}`),
    ...unless(takesValues ? texts.length > 0 : values === undefined, `values of ${key}`),
    ...texts.flatMap((value) => unless(isLabelValue(value), `value ${value}`)),
  ];
}

function mapErrors(map: unknown, isValue: (value: unknown) => boolean): readonly string[] {
  return Object.entries((map as Value | undefined) ?? {}).flatMap(([key, value]) =>
    unless(isQualifiedName(key) && isValue(value), `${key}: ${value}`),
  );
}

function isQualifiedName(key: unknown): boolean {
  const [name = '', prefix] = String(key).split('/').reverse();
  return LABEL_NAME.test(name) && (prefix === undefined || isSubdomain(prefix));
}

function isLabelValue(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || LABEL_NAME.test(value));
}

function isSubdomain(name: unknown): boolean {
  return typeof name === 'string' && name.length <= 253 && SUBDOMAIN.test(name);
}

function isPort(port: unknown): port is number {
  return Number.isInteger(port) && (port as number) >= 1 && (port as number) <= 65535;
}

function onlyHas(value: Value, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

function listOf(value: unknown): readonly Value[] {
  return (value as readonly Value[] | undefined) ?? [];
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

function unless(isRight: boolean, error: string): readonly string[] {
  return isRight ? [] : [error];
}
