import type { LabelSelector } from './label-selector.ts';
import type { Protocol } from './port.ts';
import type { Resource, StringMap } from './resource.ts';

/** One entry of a Service's `ports`. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** A port number, or the name of a container port; the Service's `port` where absent. */
  readonly targetPort: number | string;
  readonly protocol: Protocol;
  /** What is spoken there: `http`, `kubernetes.io/h2c`. */
  readonly appProtocol: string | undefined;
}

/** A v1 Service. */
export interface Service {
  readonly resource: Resource;
  readonly namespace: string;
  /** undefined: no selector, its endpoints are written by hand. */
  readonly selector: LabelSelector | undefined;
  readonly selectorLabels: StringMap | undefined;
  readonly ports: readonly ServicePort[];
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly headless: boolean;
  readonly externalName: string | undefined;
  readonly externalTrafficPolicyLocal: boolean;
}

/** Addresses behind a selectorless Service: an EndpointSlice, or one subset of an Endpoints object. */
export interface Endpoints {
  readonly resource: Resource;
  readonly namespace: string;
  /** Name of the Service. */
  readonly service: string;
  readonly addresses: readonly string[];
  readonly ports: readonly { readonly name: string | undefined; readonly port: number; readonly protocol: Protocol }[];
}
