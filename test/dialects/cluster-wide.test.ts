import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { TESTDATA } from '../golden/golden-case.ts';
import { calicoMatches } from './calico-matches.ts';
import type { CalicoPolicy } from './calico-verdicts.ts';
import { ciliumVerdicts, entity, pod } from './cilium-verdicts.ts';
import { describeWithCheckers } from './run-checker.ts';

describeWithCheckers('a default deny of the whole cluster', () => {
  it("selects pods by Calico's own reading, and neither hosts nor what is excluded", () => {
    const { namespaceSelector = '', selector } = policyOf<CalicoPolicy>('default-deny-calico').spec;
    const isIn = (name: string) => calicoMatches(namespaceSelector, { 'projectcalico.org/name': name });
    assert.deepEqual(['shop', 'anybody', 'kube-system', 'istio-system'].map(isIn), [true, true, false, false]);
    assert.equal(calicoMatches(namespaceSelector, {}), false, 'what has no namespace is a host');
    assert.equal(calicoMatches(selector, { 'projectcalico.org/orchestrator': 'k8s' }), true);
    assert.equal(calicoMatches(selector, { role: 'node' }), false, 'hosts have labels of their own');
  });

  it("closes pods in Cilium's own engine, leaves names open, and cuts neither its ingress nor its health checks", () => {
    const web = pod({ namespace: 'anybody', labels: { app: 'web' } });
    const other = pod({ namespace: 'anybody', labels: { app: 'other' } });
    const system = pod({ namespace: 'kube-system', labels: { app: 'controller' } });
    const dns = pod({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } });
    const tcp = { port: 8080, protocol: 'TCP' } as const;
    const names = { port: 53, protocol: 'UDP' } as const;
    const policies = JSON.stringify(policyOf('default-deny-cilium'));
    const [closed, resolved, ingress, health, excluded] = ciliumVerdicts(policies, [
      { from: other, to: web, ...tcp },
      { from: web, to: dns, ...names },
      { from: web, to: entity('ingress'), ...tcp },
      { from: web, to: entity('health'), ...tcp },
      { from: web, to: system, ...tcp },
    ]);
    assert.deepEqual([closed?.egress.allowed, closed?.ingress.allowed], [false, false]);
    assert.deepEqual([resolved?.egress.allowed, resolved?.ingress.enforced], [true, false]);
    assert.deepEqual([ingress?.ingress.enforced, health?.ingress.enforced], [false, false]);
    assert.equal(excluded?.ingress.enforced, false);
  });
});

/** The first object of a golden case: that of the cluster. */
function policyOf<Policy>(name: string): Policy {
  return loadAll(readFileSync(join(TESTDATA, 'cluster-wide', name, 'expected.yaml'), 'utf8'))[0] as Policy;
}
