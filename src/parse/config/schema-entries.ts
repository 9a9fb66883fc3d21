import * as z from 'zod/mini';
import type { Trust } from '../../model/declaration.ts';
import type { Isolate } from '../../model/direction.ts';
import type { Protocol } from '../../model/port.ts';
import { field, mappingOf, namespaceName, objectName, oneOf, required, text } from './schema-parts.ts';
import { listSchema, type RawList, type RawSelector, requestsSchema, selectorSchema } from './schema-peers.ts';

/** What an entry says in the place of annotations. */
export interface RawSaid {
  readonly allowFrom?: RawList | undefined;
  readonly allowTo?: RawList | undefined;
  readonly isolate?: Isolate | undefined;
  readonly trust?: Trust | undefined;
  readonly dns?: 'none' | undefined;
  readonly http?: RawList | undefined;
}

export interface RawPods extends RawSaid {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly podSelector: RawSelector;
  readonly ports?: readonly RawContainerPort[] | undefined;
  readonly serviceAccount?: string | undefined;
}

export interface RawContainerPort {
  readonly name?: string | undefined;
  readonly containerPort: number;
  readonly protocol?: Protocol | undefined;
}

export interface RawTarget {
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | RawSelector | undefined;
  readonly annotationSelector?: string | RawSelector | undefined;
}

export interface RawRule extends RawSaid {
  readonly target: RawTarget;
}

export interface RawWorkloadKind {
  readonly apiVersion?: string | undefined;
  readonly group?: string | undefined;
  readonly kind: string;
  readonly template?: string | undefined;
  readonly selector?: string | undefined;
}

export const isolateSchema: z.ZodMiniType<Isolate> = oneOf(['none', 'ingress', 'egress', 'both']);
export const trustSchema: z.ZodMiniType<Trust> = oneOf(['either', 'namespace', 'own']);

const said = {
  allowFrom: field(listSchema, 'Who may connect to these pods.'),
  allowTo: field(listSchema, 'What these pods connect to.'),
  isolate: field(isolateSchema, 'Directions that are closed to everything that nobody declares.'),
  trust: field(trustSchema, 'Whose word opens the doors of these pods.'),
  dns: field(oneOf(['none']), 'No name resolution for these pods.'),
  http: field(requestsSchema, 'What callers may request of these pods.'),
};

const wantPort = 'a port number from 1 to 65535';
const containerPort = mappingOf(
  {
    name: field(text('the name of a port', /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/), 'Name of the port.'),
    containerPort: required(
      z.int({ error: wantPort }).check(z.minimum(1, { error: wantPort }), z.maximum(65535, { error: wantPort })),
      'Port that the pods listen on.',
    ),
    protocol: field(oneOf(['TCP', 'UDP', 'SCTP']), 'Protocol of the port. Default: TCP.'),
  },
  'a port with "containerPort", and maybe "name" and "protocol"',
);

/** An entry of `pods`. */
export const podsSchema: z.ZodMiniType<RawPods> = mappingOf(
  {
    name: required(objectName, 'Name by which lists call these pods.'),
    namespace: field(namespaceName, 'Their namespace.'),
    podSelector: required(selectorSchema, 'Labels that tell these pods from others.'),
    ports: field(z.array(containerPort, { error: 'a list of ports' }), 'Ports that these pods declare.'),
    serviceAccount: field(objectName, 'Service account that these pods run as.'),
    ...said,
  },
  'an entry with "name" and "podSelector"',
);

const targetSelector = z.union([text('a selector'), selectorSchema], {
  error: 'a selector: text such as "app=web,tier in (a,b)", or a mapping with "matchLabels"',
});

const target = mappingOf(
  {
    group: field(text('an API group'), 'API group, without the version.'),
    version: field(text('an API version'), 'API version, without the group.'),
    kind: field(text('a kind'), 'Kind, such as StatefulSet.'),
    name: field(text('a name'), 'Name: a regular expression that the whole name must match.'),
    namespace: field(text('a namespace'), 'Namespace: a regular expression that the whole name must match.'),
    labelSelector: field(
      targetSelector,
      'Labels of the object, as text such as "app=web,tier in (a,b)", or a LabelSelector.',
    ),
    annotationSelector: field(targetSelector, 'Annotations of the object, written like labelSelector.'),
  },
  'a target with "kind", "name", "namespace" or other fields of a Kustomize patch target',
);

/** An entry of `rules`. */
export const ruleSchema: z.ZodMiniType<RawRule> = mappingOf(
  { target: required(target, "The objects that this rule speaks for, as in Kustomize's patches."), ...said },
  'a rule with "target", and "allowFrom" or another annotation',
);

const fieldPath = text('the path of a field, such as "spec.template"', /^[^.\s]+(\.[^.\s]+)*$/);

/** An entry of `workloadKinds`. */
export const workloadKindSchema: z.ZodMiniType<RawWorkloadKind> = mappingOf(
  {
    apiVersion: field(text('an apiVersion'), 'API group and version, such as "example.com/v1"; only the group counts.'),
    group: field(text('an API group'), 'API group; without it and apiVersion, every group.'),
    kind: required(text('a kind', /^[A-Za-z][A-Za-z0-9]*$/), 'Kind of the objects.'),
    template: field(fieldPath, 'Path of the pod template. Default: spec.template.'),
    selector: field(fieldPath, "Path of the label selector. Without it, the template's labels select the pods."),
  },
  'an entry with "kind", and maybe "apiVersion", "template" and "selector"',
);
