// A small shop: web asks for cart, cart listens behind a Service.
import type { Files } from './repository.ts';

const deployment = (name: string, annotations: Readonly<Record<string, string>>, ports: readonly object[] = []) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, annotations },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: name, ports }] } },
  },
});

export const web = (allowTo: string): object => deployment('web', { 'postern.dev/allow-to': allowTo });
export const cart: object = deployment('cart', {}, [{ name: 'grpc', containerPort: 7070 }]);
export const cartService: object = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'cart' },
  spec: { selector: { app: 'cart' }, ports: [{ port: 80, targetPort: 'grpc' }] },
};
export const namespace: object = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', annotations: { 'postern.dev/isolate': 'both' } },
};

/** Plain files. */
export const MANIFESTS: Files = {
  'namespace.yaml': namespace,
  'web.yaml': web('cart'),
  'cart.yaml': cart,
  'service.json': cartService,
};

/** A base, and an overlay that renames it and moves it. */
export const KUSTOMIZATION: Files = {
  'base/kustomization.yaml': { resources: ['web.yaml', 'cart.yaml', 'service.yaml'] },
  'base/web.yaml': web('cart'),
  'base/cart.yaml': cart,
  'base/service.yaml': cartService,
  'overlay/kustomization.yaml': { namePrefix: 'staging-', namespace: 'shop', resources: ['../base'] },
};

/** A function's config; `runs` is how Kustomize is told to run it. */
export const generator = (name: string, spec: object, runs?: object): object => ({
  apiVersion: 'postern.dev/v1alpha1',
  kind: 'NetworkPolicyGenerator',
  metadata: {
    name,
    ...(runs && { annotations: { 'config.kubernetes.io/function': JSON.stringify(runs) } }),
  },
  spec,
});
