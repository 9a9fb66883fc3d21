import { groupOf } from '../model/group-kind.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { StringMap } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { type Fields, mapping, mappings, string, stringMap } from './fields.ts';
import { readLabelSelector } from './label-selector.ts';
import { readPodTemplate } from './pod-template.ts';
import type { ReadObject } from './resource.ts';
import type { PodSource } from './workload-kinds.ts';

/** A workload that takes its pod template from another object of the input: a Rollout with `workloadRef`. */
export interface TemplateReference {
  readonly kind: string;
  readonly name: string;
}

/**
 * Reads an object whose kind has pods. `namespace` is its namespace for matching. An object without a template has no
 * labels and no ports.
 */
export function readWorkload(object: ReadObject, source: PodSource, namespace: string): Workload {
  const { resource, fields } = object;
  const template = descend(fields, source.template);
  const pod = template === undefined ? undefined : readPodTemplate(template);
  const written = pod?.labels ?? {};
  const added = addedLabels(source, resource.generateName ? '' : resource.name);
  return {
    origin: 'template',
    resource,
    namespace,
    labels: { ...added, ...written },
    selector: readSelector(fields, source, written, added),
    ports: pod?.ports ?? [],
    hostNetwork: pod?.hostNetwork ?? false,
    podAnnotations: pod?.annotations ?? {},
    serviceAccount: pod?.serviceAccount,
    probePorts: pod?.probePorts ?? [],
    viaGateway: groupOf(resource.apiVersion) === 'serving.knative.dev',
    templateFrom: undefined,
    controller: readController(fields),
  };
}

/** The `workloadRef` of an Argo Rollout; undefined where it has a template of its own. */
export function readTemplateReference(fields: Fields): TemplateReference | undefined {
  const spec = mapping(fields, 'spec');
  const reference = spec === undefined ? undefined : mapping(spec, 'workloadRef');
  const kind = reference === undefined ? undefined : string(reference, 'kind');
  const name = reference === undefined ? undefined : string(reference, 'name');
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

/** The pods of `workload`, made from the template and selector of `template`. */
export function withTemplateOf(workload: Workload, template: Workload): Workload {
  const selector = workload.selector.length > 0 ? workload.selector : template.selector;
  return {
    ...workload,
    labels: template.labels,
    selector,
    ports: template.ports,
    hostNetwork: template.hostNetwork,
    podAnnotations: template.podAnnotations,
    serviceAccount: template.serviceAccount,
    probePorts: template.probePorts,
    templateFrom: template.resource,
  };
}

/** A selector that wants exactly these labels. */
export function selectorOfLabels(labels: StringMap): LabelSelector {
  return Object.keys(labels)
    .sort()
    .map((key) => ({ key, operator: 'In' as const, values: [labels[key] ?? ''] }));
}

function readSelector(fields: Fields, source: PodSource, written: StringMap, added: StringMap): LabelSelector {
  const explicit = explicitSelector(fields, source);
  if (explicit !== undefined && explicit.length > 0) return explicit;
  // A Job's pods carry its name; it is used only where nothing else tells them apart, since a rename would change it.
  const [firstAdded] = source.addedLabels ?? [];
  const ownLabel = firstAdded === undefined ? undefined : added[firstAdded];
  const useAdded = ownLabel !== undefined && (Object.keys(written).length === 0 || firstAdded?.startsWith('serving.'));
  return useAdded ? [{ key: firstAdded ?? '', operator: 'In', values: [ownLabel] }] : selectorOfLabels(written);
}

function explicitSelector(fields: Fields, source: PodSource): LabelSelector | undefined {
  if (source.selector.kind === 'template') return undefined;
  const parent = descend(fields, source.selector.path.slice(0, -1));
  const key = source.selector.path.at(-1);
  if (parent === undefined || key === undefined) return undefined;
  return source.selector.kind === 'labels' ? selectorOfLabels(stringMap(parent, key)) : readLabelSelector(parent, key);
}

function addedLabels(source: PodSource, name: string): StringMap {
  if (name === '' || source.addedLabels === undefined) return {};
  return Object.fromEntries(source.addedLabels.map((key) => [key, name]));
}

function readController(fields: Fields): Workload['controller'] {
  const metadata = mapping(fields, 'metadata');
  const owners = metadata === undefined ? [] : mappings(metadata, 'ownerReferences');
  if (owners.length === 0) return undefined;
  const controller = owners.find((owner) => owner.value['controller'] === true);
  const kind = controller === undefined ? undefined : string(controller, 'kind');
  const name = controller === undefined ? undefined : string(controller, 'name');
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

function descend(fields: Fields, path: readonly string[]): Fields | undefined {
  let at: Fields | undefined = fields;
  for (const key of path) at = at && mapping(at, key);
  return at;
}
