import type { LabelSelector } from './label-selector.ts';
import type { ContainerPort } from './port.ts';
import type { Resource, StringMap } from './resource.ts';

/**
 * Pods that are made from one template, or that one selector stands for: what rules are about.
 * `template`: an object of the input that has a pod template (or is a Pod). `config`: an entry of the config's `pods`.
 * `service`: a Service whose pods are rendered elsewhere.
 */
export interface Workload {
  readonly origin: 'template' | 'config' | 'service';
  readonly resource: Resource;
  /** Namespace for matching: as written, else the config's `namespace`, else ''. */
  readonly namespace: string;
  /** Labels of its pods, as far as the input says them. */
  readonly labels: StringMap;
  /** Selects its pods: `spec.selector`, or the pod's own labels. Empty: no label tells its pods apart, so no policy can name them. */
  readonly selector: LabelSelector;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  /** On its node's network in a dialect that knows such pods by their node, whatever their labels are. */
  readonly isKnownByNode?: true;
  /** Annotations of the pod template: mesh injection is said there. */
  readonly podAnnotations: StringMap;
  /** The service account of its pods; undefined where nobody describes them. */
  readonly serviceAccount: string | undefined;
  /** Ports that the kubelet calls; undefined where nobody describes the pods. */
  readonly probePorts: readonly number[] | undefined;
  /** Pods of the same kind and labels may be reached by other ways than their own selector: Knative's gateways. */
  readonly viaGateway: boolean;
  /** The object that lends its template: the Deployment that a Rollout's `workloadRef` names. Its pods are these pods. */
  readonly templateFrom: Resource | undefined;
  /** `metadata.ownerReferences` entry with `controller: true`. */
  readonly controller: { readonly kind: string; readonly name: string } | undefined;
}
