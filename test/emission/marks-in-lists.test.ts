import assert from 'node:assert/strict';
import { runPostern } from '../golden/run-postern.ts';

const BEFORE = `apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web, namespace: shop, annotations: {postern.dev/isolate: ingress}} # closed
  spec:
    selector: {matchLabels: {app: web}}
    template: {metadata: {labels: {app: web}}, spec: {containers: []}}
`;
const KEPT = `- apiVersion: v1
  kind: ConfigMap # not ours
  metadata: {name: settings}
`;

describe('policies of an earlier run in a List', () => {
  const policy = (name: string): string => `- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: ${name}, namespace: shop, annotations: {postern.dev/generated: postern/${name}}}
  spec: {podSelector: {}}
`;

  it('are written anew in their place', () => {
    const { stdout, status } = runPostern(`${BEFORE}${policy('web')}${KEPT}`);
    assert.equal(status, 0);
    assert.ok(stdout.startsWith(BEFORE) && stdout.endsWith(KEPT), stdout);
    const between = stdout.slice(BEFORE.length, -KEPT.length);
    assert.match(
      between,
      /^- apiVersion: networking.k8s.io\/v1\n {2}kind: NetworkPolicy\n {2}metadata:\n {4}name: web\n/,
    );
    assert.equal(between.match(/kind:/g)?.length, 1);
    assert.equal(runPostern(stdout).stdout, stdout);
  });

  it('are removed where nothing declares them', () => {
    const other = BEFORE.replace('postern.dev/isolate: ingress', 'team: front');
    assert.equal(runPostern(`${other}${policy('web')}${policy('old')}${KEPT}`).stdout, `${other}${KEPT}`);
  });
});
