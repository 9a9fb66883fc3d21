/** What Postern warns of when a case says its connections: subjects by code. Each is a fault that its policies have. */
export interface Warned {
  readonly case: string;
  readonly code: string;
  readonly subjects: readonly string[];
  readonly why: string;
}

/** Every warning that there is. Cases that are absent must be quiet. */
export const WARNINGS: readonly Warned[] = [
  ...['argo-cd-ha', 'scale-argocd-ha-install'].map((name) => ({
    case: name,
    code: 'undeclared-port',
    subjects: ['Deployment/argocd-redis-ha-haproxy'],
    why: 'the policy opens the sentinel port on the proxy, which does not have it',
  })),
  {
    case: 'kube-prometheus',
    code: 'undeclared-port',
    subjects: ['Pod/monitoring/k8s', 'Pod/monitoring/main'],
    why: 'the operator adds a reloader and a gossip port to pods of which the input only knows the web port',
  },
  {
    case: 'kube-prometheus',
    code: 'host-network',
    subjects: ['DaemonSet/monitoring/node-exporter'],
    why: 'its policy binds nobody on most network plugins',
  },
  ...['dev', 'prod'].flatMap((stage) => [
    {
      case: `neobank-${stage}`,
      code: 'undeclared-port',
      subjects: [`Deployment/neobank/${stage}-card-service`, `Deployment/neobank/${stage}-product-service`],
      why: 'the policies of these two open each the port of another service',
    },
    {
      case: `neobank-${stage}`,
      code: 'closed-service',
      subjects: [`Service/neobank/${stage}-card-service`, `Service/neobank/${stage}-product-service`],
      why: 'for the same reason the Ingress cannot reach them',
    },
    {
      case: `neobank-${stage}`,
      code: 'unreachable',
      subjects: [`Deployment/neobank/${stage}-frontend`],
      why: 'no policy opens the front end, which the Ingress leads to',
    },
  ]),
  {
    case: 'npg-ingress-services',
    code: 'unreachable',
    subjects: ['v1-545db77b95-2ps7q', 'v2-7bf8c9648f-7v7ps', 'v3-84779c7bbc-lfjvk'].map(
      (pod) => `Pod/default/reviews-${pod}`,
    ),
    why: 'the policies let reviews call out, and nobody in',
  },
  {
    case: 'bank-of-anthos-dev',
    code: 'closed-outside',
    subjects: ['Service/frontend'],
    why: 'its table knows callers inside the cluster only, and its balancer brings those from outside',
  },
  {
    case: 'openemr',
    code: 'closed-outside',
    subjects: ['Service/openemr/openemr-service'],
    why: 'its policies let in pods of every namespace, but what comes through its balancer carries an address',
  },
];
