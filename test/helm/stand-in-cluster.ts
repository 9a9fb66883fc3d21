import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API server as far as Helm asks one before it has rendered a chart: a version, an empty discovery, no releases. */
export interface StandInCluster {
  /** What was asked, in order: `GET /version`. */
  readonly requests: readonly string[];
  close(): void;
}

const ANSWERS: Readonly<Record<string, unknown>> = {
  '/version': { major: '1', minor: '34', gitVersion: 'v1.34.0' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': { kind: 'APIResourceList', groupVersion: 'v1', resources: [] },
  '/api/v1/namespaces/default/secrets': { kind: 'SecretList', apiVersion: 'v1', items: [] },
};

const UNKNOWN = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 };

/** Starts one, and writes the kubeconfig that leads to it. */
export async function standInCluster(kubeconfig: string): Promise<StandInCluster> {
  const requests: string[] = [];
  const server = createServer(({ method, url = '' }, response) => {
    const [path = ''] = url.split('?');
    requests.push(`${method} ${path}`);
    const answer = method === 'GET' ? ANSWERS[path] : undefined;
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? UNKNOWN));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  writeFileSync(kubeconfig, kubeconfigOf(server));
  return { requests, close: () => server.close() };
}

function kubeconfigOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  const cluster = { name: 'stand-in', cluster: { server: `http://127.0.0.1:${port}` } };
  const context = { name: 'stand-in', context: { cluster: 'stand-in', user: '' } };
  const config = { apiVersion: 'v1', kind: 'Config', clusters: [cluster], contexts: [context] };
  return JSON.stringify({ ...config, 'current-context': 'stand-in' });
}
