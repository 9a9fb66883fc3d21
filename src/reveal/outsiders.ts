import type { CallerSource } from '../model/caller.ts';
import type { Config } from '../model/config.ts';
import { says } from '../model/dialect.ts';
import type { PortSet } from '../model/port.ts';
import type { Outsider } from './revealed.ts';

const ANYBODY = 'anywhere';

/** The API server as one who calls: webhooks, aggregated APIs. No selector finds it. */
export function apiServerCalling(config: Config): Outsider {
  const known = aliasNamed(config, 'kube-apiserver');
  return {
    kind: 'outsider',
    name: 'the API server',
    peer: known ?? ANYBODY,
    ports: undefined,
    advice:
      known === undefined
        ? `no label finds the API server: name it kube-apiserver in the config's peers, by its addresses, and write that`
        : undefined,
  };
}

/** The API server as one who is called; policies see the port behind its Service. */
export function apiServerCalled(config: Config): Outsider {
  return {
    ...apiServerCalling(config),
    ports: aliasNamed(config, 'kube-apiserver') === undefined ? ports(443, 6443) : undefined,
  };
}

/** Who comes from outside through a load balancer or a port of the nodes. */
export const OUTSIDE: Outsider = {
  kind: 'outsider',
  name: 'clients outside the cluster',
  peer: ANYBODY,
  ports: undefined,
  advice: undefined,
};

/** The pods that a class of Ingresses, a Gateway or a router has, or what else is known of those without pods. */
export function proxyOf(from: CallerSource, ciliumGateways: ReadonlySet<string>, config: Config): readonly Outsider[] {
  switch (from.kind) {
    case 'ingress-controller':
      return [ingressController(from.className, config)];
    case 'gateways':
      return from.gateways.map(({ namespace, name }) =>
        gateway(namespace, name, ciliumGateways.has(`${namespace}/${name}`), config),
      );
    case 'openshift-router':
      return [outsider("OpenShift's router", aliasNamed(config, 'router') ?? 'openshift-ingress/*', undefined)];
    case 'api-server':
      return [apiServerCalling(config)];
    case 'prometheus':
      return [prometheus(config)];
  }
}

/** Prometheus where it is not in the input. */
export function prometheus(config: Config): Outsider {
  return outsider('Prometheus', aliasNamed(config, 'prometheus') ?? '*/app.kubernetes.io/name=prometheus', undefined);
}

/** Where the usual charts put the controllers of these classes. */
const CONTROLLERS: ReadonlyMap<string, string> = new Map([
  ['nginx', 'ingress-nginx/app.kubernetes.io/name=ingress-nginx'],
  ['traefik', 'traefik/app.kubernetes.io/name=traefik'],
  ['haproxy', 'haproxy-controller/app.kubernetes.io/name=kubernetes-ingress'],
  ['kong', 'kong/app.kubernetes.io/name=kong'],
]);

function ingressController(className: string | undefined, config: Config): Outsider {
  const name = className === undefined ? 'the ingress controller' : `the ingress controller of class "${className}"`;
  const alias = [className, `ingress-${className}`, 'ingress-controller', 'ingress'].flatMap(
    (one) => (one === undefined ? undefined : aliasNamed(config, one)) ?? [],
  )[0];
  const usual = className === undefined ? undefined : CONTROLLERS.get(className);
  if (alias !== undefined) return outsider(name, alias, undefined);
  if (usual !== undefined) return outsider(name, usual, 'that is where its chart puts it');
  if (className === 'cilium') return ciliumProxy(name, config);
  const advice = `who that is cannot be told: write the controller's pods, as in ${CONTROLLERS.get('nginx')}, or "anywhere" for a cloud's load balancer`;
  return outsider(name, ANYBODY, advice);
}

/** Implementations in the cluster must label a Gateway's pods, and place them in its namespace (GEP-1762). */
function gateway(namespace: string, name: string, isOfCilium: boolean, config: Config): Outsider {
  const alias = aliasNamed(config, `${namespace}/${name}`) ?? aliasNamed(config, name);
  const labels = `${namespace === '' ? '' : `${namespace}/`}gateway.networking.k8s.io/gateway-name=${name}`;
  const called = `Gateway "${namespace === '' ? name : `${namespace}/${name}`}"`;
  if (alias === undefined && isOfCilium) return ciliumProxy(called, config);
  return outsider(
    called,
    alias ?? labels,
    alias === undefined
      ? 'its pods are found by the label of the Gateway API; some implementations share pods elsewhere'
      : undefined,
  );
}

/** Cilium's agent has the proxy in it: no pod has its labels, and only Cilium's own policies have a word for it. */
function ciliumProxy(name: string, config: Config): Outsider {
  const alias = config.peers.find(({ peers }) =>
    peers.some((peer) => peer.kind === 'cidrs' && peer.entities.includes('ingress')),
  );
  if (alias !== undefined) return outsider(name, alias.name, undefined);
  const advice = config.dialects.some((dialect) => says(dialect, 'entities'))
    ? `no label finds Cilium's own proxy: name it ingress-controller in the config's peers, by entities: [ingress], and write that`
    : `who that is cannot be told: it is Cilium's own proxy, which no label finds; "dialect: cilium" has a word for it`;
  return outsider(name, ANYBODY, advice);
}

function outsider(name: string, peer: string, advice: string | undefined): Outsider {
  return { kind: 'outsider', name, peer, ports: undefined, advice };
}

/** A name of the config's peers that means this: `prometheus` or `monitoring/prometheus`. */
function aliasNamed({ peers }: Config, name: string): string | undefined {
  const names = peers.map((alias) => alias.name);
  return names.find((one) => one === name) ?? names.find((one) => one.endsWith(`/${name}`));
}

/** TCP ports. */
export function ports(...numbers: readonly number[]): PortSet {
  return numbers.map((port) => ({ protocol: 'TCP', port, endPort: port }));
}
