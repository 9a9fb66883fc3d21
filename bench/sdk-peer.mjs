// The kpt-functions SDK doing what the Go peer does: a policy for each Deployment that lets nothing in.
import { run } from 'kpt-functions';

await run((configs) => {
  for (const deployment of configs.get((object) => object.kind === 'Deployment')) {
    configs.insert({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: deployment.metadata.name, namespace: deployment.metadata.namespace },
      spec: { podSelector: { matchLabels: deployment.spec.template.metadata.labels }, policyTypes: ['Ingress'] },
    });
  }
});
