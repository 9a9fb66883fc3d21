import { loadAll } from 'js-yaml';
import { apiErrors } from '../emission/api-rules.ts';
import { calicoAnswers } from './calico-matches.ts';
import { type Channel, definitionFiles } from './definitions.ts';
import { runChecker } from './run-checker.ts';

interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly refusals: readonly string[];
}

/** Answers the refusals of each object. */
type Check = (objects: readonly PolicyObject[], channel: Channel) => readonly (readonly string[])[];

const definitions: Check = (objects, channel) => asked('crd-check', definitionFiles(channel), objects);
const cilium: Check = (objects) => asked('cilium-check', [], objects);
const istio: Check = (objects) => asked('istio-check', [], objects);
const api: Check = (objects) => objects.map((object) => apiErrors({ ...object }));
const selectors: Check = (objects) => selectorErrors(objects);

/** Who checks what. A policy that Calico stages is a NetworkPolicy but for its kind and `stagedAction`. */
const CHECKS: readonly (readonly [kinds: RegExp, checks: readonly Check[]])[] = [
  [/^networking\.k8s\.io\/v1\/NetworkPolicy$/, [api]],
  [/^cilium\.io\/v2\/Cilium(Clusterwide)?NetworkPolicy$/, [definitions, cilium]],
  [/^projectcalico\.org\/v3\/StagedKubernetesNetworkPolicy$/, [definitions, (objects) => objects.map(stagedErrors)]],
  [/^(crd\.)?projectcalico\.org\/v[13]\/(Staged)?(Global)?NetworkPolicy$/, [definitions, selectors]],
  [/^policy\.networking\.k8s\.io\/v1alpha[12]\//, [definitions]],
  [/^policy\.linkerd\.io\//, [definitions]],
  [/^security\.istio\.io\/v1(beta1)?\/AuthorizationPolicy$/, [definitions, istio]],
];

/**
 * What of these objects a cluster would refuse, each with its object's name; none if all are accepted. Every kind goes to
 * the checkers that know it, and one that nobody knows is refused. Takes a YAML stream.
 */
export function refusalsOf(yaml: string, channel: Channel = 'standard'): readonly string[] {
  const objects = (loadAll(yaml) as readonly (PolicyObject | null)[]).filter((object) => object !== null);
  const unknown = objects.filter((object) => checksOf(object).length === 0);
  const checks = [...new Set(objects.flatMap(checksOf))];
  return [
    ...unknown.map((object) => `${nameOf(object)}: no checker knows ${object.apiVersion}`),
    ...checks.flatMap((check) => {
      const own = objects.filter((object) => checksOf(object).includes(check));
      return check(own, channel).flatMap((refusals, index) =>
        refusals.map((refusal) => `${nameOf(own[index])}: ${refusal}`),
      );
    }),
  ];
}

function checksOf({ apiVersion, kind }: PolicyObject): readonly Check[] {
  return CHECKS.find(([kinds]) => kinds.test(`${apiVersion}/${kind}`))?.[1] ?? [];
}

function nameOf(object: PolicyObject | undefined): string {
  const { namespace, name } = object?.metadata ?? {};
  return [object?.kind, [namespace, name].filter((part) => part !== undefined).join('/')].join(' ');
}

function asked(
  name: string,
  args: readonly string[],
  objects: readonly PolicyObject[],
): readonly (readonly string[])[] {
  const stream = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  return runChecker<Answer>(name, args, stream).map(({ refusals }) => refusals);
}

function stagedErrors(object: PolicyObject): readonly string[] {
  const { stagedAction: _, ...spec } = object.spec ?? {};
  return apiErrors({ ...object, spec });
}

/** Of each object, asked in one run: there may be thousands. */
function selectorErrors(objects: readonly PolicyObject[]): readonly (readonly string[])[] {
  const texts = [...new Set(objects.flatMap(({ spec }) => selectorsIn(spec)))];
  const answers = calicoAnswers(texts.map((selector) => ({ selector })));
  const refusals = new Map(texts.map((text, index) => [text, answers[index]?.refusal]));
  return objects.map(({ spec }) =>
    selectorsIn(spec).flatMap((text) => {
      const refusal = refusals.get(text);
      return refusal === undefined ? [] : [`the selector "${text}": ${refusal}`];
    }),
  );
}

/** Every text under a key that ends in "elector". */
function selectorsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string' && /elector$/.test(key) ? [part] : selectorsIn(part),
  );
}
