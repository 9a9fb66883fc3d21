import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands for a cluster's API: it answers what the script asks for by kubectl, and keeps what was made. */
export interface ApiServer {
  readonly url: string;
  /** `POST /api/v1/namespaces/shop/pods`, in order. */
  readonly requests: readonly string[];
  readonly made: readonly Made[];
  readonly close: () => Promise<void>;
}

/** An object as the API takes it. */
// biome-ignore lint/suspicious/noExplicitAny: the tests read parts of it
export type Made = any;

/** Serves one ready pod for every list, and clients whose every connection is as it must be. */
export async function serveApi(): Promise<ApiServer> {
  const requests: string[] = [];
  const made: Made[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url = '' } = request;
      requests.push(`${method} ${url}`);
      const { status = 200, answer } = answerTo(method, new URL(url, 'http://localhost'), body, made);
      const isText = typeof answer === 'string';
      response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
      response.end(isText ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, made, close: () => closeServer(server) };
}

interface Answer {
  readonly status?: number;
  readonly answer: unknown;
}

function answerTo(method: string, { pathname, searchParams }: URL, body: string, made: Made[]): Answer {
  const fixed = FIXED[pathname];
  if (fixed !== undefined) return { answer: fixed };
  const [, namespace = ''] = /\/namespaces\/([^/]+)/.exec(pathname) ?? [];
  const [, name, log] = /\/(?:pods|configmaps)\/([^/]+)(\/log)?$/.exec(pathname) ?? [];
  const found = made.find((one) => one.metadata.name === name);
  if (log !== undefined) return { answer: logOf(found) };
  if (method === 'POST') return { status: 201, answer: keep(JSON.parse(body), namespace, made) };
  if (method === 'DELETE') return { answer: { kind: 'Status', apiVersion: 'v1', status: 'Success' } };
  if (found !== undefined) return { answer: { ...found, status: { phase: 'Succeeded' } } };
  if (name !== undefined || !/\/(pods|configmaps)$/.test(pathname)) return { status: 404, answer: NOT_FOUND };
  const own = searchParams.get('labelSelector')?.startsWith('postern.dev/script=');
  const kind = pathname.endsWith('/pods') ? 'Pod' : 'ConfigMap';
  const items = own ? made.filter((one) => one.kind === kind) : [readyPod(namespace)];
  return { answer: { kind: `${kind}List`, apiVersion: 'v1', metadata: {}, items } };
}

function keep(object: Made, namespace: string, made: Made[]): Made {
  const kept = {
    ...object,
    metadata: { ...object.metadata, namespace, uid: `00000000-0000-0000-0000-00000000000${made.length}` },
  };
  made.push(kept);
  return kept;
}

/** What the client's program says when every connection is as it must be. */
function logOf(pod: Made): string {
  const tries: string[] = pod.spec.containers[0].command.slice(5);
  return tries
    .map((word) => word.split(','))
    .map(([number, wants]) => `${number} ${wants === 'allowed' ? 'open' : 'silent'}\n`)
    .join('');
}

function readyPod(namespace: string): Made {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'ready', namespace },
    status: { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

const NOT_FOUND = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 };

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

const FIXED: Readonly<Record<string, unknown>> = {
  '/version': { major: '1', minor: '33', gitVersion: 'v1.33.0' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      { name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: VERBS, shortNames: ['po'] },
      { name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get'] },
      { name: 'configmaps', singularName: 'configmap', namespaced: true, kind: 'ConfigMap', verbs: VERBS },
    ],
  },
};

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
