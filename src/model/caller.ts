import type { LabelSelector } from './label-selector.ts';
import type { Resource } from './resource.ts';

/**
 * An object that sends traffic to a Service from outside the pods that the input declares: an Ingress, a route, a
 * webhook configuration, an APIService, a ServiceMonitor. Read only to warn before that traffic is cut, and to plan.
 */
export interface Caller {
  readonly resource: Resource;
  /** Namespace of the Services it names; undefined with a selector: every namespace. */
  readonly namespace: string | undefined;
  readonly target:
    | { readonly service: string }
    /** Services by their labels. */
    | { readonly selector: LabelSelector }
    /** Pods by theirs. */
    | { readonly pods: LabelSelector };
  /** Field of `resource` that names it: `spec.rules[0].http.paths[0].backend`. */
  readonly field: string;
  /** The ports that it names: those of the Service, or those of the pods. Empty: every port of the Service. */
  readonly ports: readonly { readonly of: 'service' | 'pods'; readonly port: number | string }[];
  readonly from: CallerSource;
}

/** Who sends the traffic. */
export type CallerSource =
  /** The controller of a class of Ingresses; undefined: the default one. */
  | { readonly kind: 'ingress-controller'; readonly className: string | undefined }
  /** The pods of these Gateways. */
  | { readonly kind: 'gateways'; readonly gateways: readonly { readonly namespace: string; readonly name: string }[] }
  | { readonly kind: 'openshift-router' }
  | { readonly kind: 'api-server' }
  | { readonly kind: 'prometheus' };
