import type { LabelSelector } from './label-selector.ts';
import type { Resource } from './resource.ts';

/**
 * An object that sends traffic to a Service from outside the pods that the input declares: an Ingress, a route, a
 * webhook configuration, an APIService, a ServiceMonitor. Read only to warn before that traffic is cut.
 */
export interface Caller {
  readonly resource: Resource;
  /** Namespace of the Services it names; undefined with a selector: every namespace. */
  readonly namespace: string | undefined;
  readonly target: { readonly service: string } | { readonly selector: LabelSelector };
  /** Field of `resource` that names it: `spec.rules[0].http.paths[0].backend`. */
  readonly field: string;
}
