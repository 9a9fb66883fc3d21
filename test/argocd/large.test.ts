import assert from 'node:assert/strict';
import { plugin, render } from './repo-server.ts';
import { type Files, makeRepository } from './repository.ts';
import { describeWithSidecar } from './sidecar.ts';

/** A Deployment and a Service of each team, in a namespace for every fifty. */
function manyObjects(teams: number): string {
  return Array.from({ length: teams }, (_, team) => {
    const name = `app-${team}`;
    const namespace = `team-${Math.floor(team / 50)}`;
    const labels = { app: name };
    const annotations = { 'postern.dev/allow-from': 'namespace' };
    const containers = [{ name: 'app', image: 'app', ports: [{ name: 'http', containerPort: 8080 }] }];
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, annotations },
        spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace },
        spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] },
      },
    ].map((object) => `---\n${JSON.stringify(object, null, 1)}\n`);
  })
    .flat()
    .join('');
}

describeWithSidecar('Argo CD renders a very large Application', (sidecar) => {
  const count = (files: Files): number =>
    render(sidecar(), makeRepository(files), plugin()).manifests.filter(({ kind }) => kind === 'NetworkPolicy').length;

  it('of 10,000 objects in files', () => {
    assert.equal(count({ 'all.yaml': manyObjects(5000) }), 5000);
  });

  // Kustomize alone needs more than a minute for ten times as many.
  it('of 600 objects in a kustomization', () => {
    assert.equal(count({ 'all.yaml': manyObjects(300), 'kustomization.yaml': { resources: ['all.yaml'] } }), 300);
  });
});
