import assert from 'node:assert/strict';
import { type ScriptChoice, script } from '../../src/script.ts';

/** web may reach cart, nobody else may, and everybody may ask for names. */
export const SHOP: string = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: cart, image: cart, ports: [{containerPort: 7070}]}]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  egress:
  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
    ports: [{port: 53, protocol: UDP}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: 7070}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 7070}]}]
`;

export const CHOICE: ScriptChoice = {
  format: 'sh',
  image: 'busybox:1.37',
  seconds: 3,
  limit: 200,
  expectations: 'too',
  within: undefined,
  from: undefined,
  to: undefined,
};

/** The script of what pods of `shop` may and may not do. */
export function scriptFor(input: string): string {
  const { text, problems } = script({ input }, { ...CHOICE, within: 'shop', from: 'shop/*' });
  assert.deepEqual(problems, []);
  return text;
}
