import type { PortTerm, RequestDeclaration, RequestLine } from '../../model/declaration.ts';
import { dialectsThatSay, says } from '../../model/dialect.ts';
import type { HttpRequest } from '../../model/network-policy.ts';
import type { Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import type { Cluster } from '../cluster.ts';
import type { Isolation } from '../isolation.ts';
import { nameOf, subjectOf } from '../subject.ts';
import { type Front, frontOf, readPortTerm } from '../target-ports.ts';
import type { HttpPlan } from './http-plan.ts';
import { httpPorts, portText } from './http-port.ts';
import type { Restriction } from './restriction.ts';

/** Reads the requests of each workload. What the dialect cannot look at, or nobody is refused, is an error. */
export function planHttp(
  cluster: Cluster,
  declarations: readonly RequestDeclaration[],
  isolation: Isolation,
  report: Report,
): HttpPlan {
  const all = new Map<Workload, Restriction>();
  const { dialect, mode } = cluster.config;
  if (says(dialect, 'http')) {
    for (const declaration of declarations) restrict(declaration, { all, cluster, isolation, report });
    if (mode === 'observe') reportObserved(declarations, report);
  } else {
    for (const { place } of declarations) report({ ...place, severity: 'error', ...cannotSay(dialect) });
  }
  const namespaces = new Set([...all.keys()].map(({ namespace }) => namespace));
  return { all, restrictsSome: (namespace) => namespaces.has(namespace) };
}

function cannotSay(dialect: Cluster['config']['dialect']): { readonly code: string; readonly message: string } {
  const able = dialectsThatSay('http').map((name) => `"${name}"`);
  const message =
    `must not say what callers may request in the dialect "${dialect}", which looks at ports only: ` +
    `leave it out, or use the dialect ${able.join(' or ')}`;
  return { code: 'dialect-cannot-say', message };
}

/** Rules for requests refuse what they do not list, even where a policy isolates nobody. */
function reportObserved(declarations: readonly RequestDeclaration[], report: Report): void {
  const message = 'is only looked at in the mode "observe": callers may request everything, and what they do is seen';
  for (const { place } of declarations) report({ ...place, code: 'http-observed', severity: 'info', message });
}

interface Scene {
  readonly all: Map<Workload, Restriction>;
  readonly cluster: Cluster;
  readonly isolation: Isolation;
  readonly report: Report;
}

function restrict(declaration: RequestDeclaration, scene: Scene): void {
  const { lines, subject: resource, place } = declaration;
  const subject = subjectOf(scene.cluster, resource);
  if (subject === undefined || subject.kind !== 'workloads' || subject.workloads.length === 0) {
    const message = 'must be on an object with pods: nothing says which pods it speaks for';
    scene.report({ ...place, code: 'no-pods', severity: 'error', message });
    return;
  }
  for (const line of lines) warnOfPrefix(line, declaration, scene);
  for (const workload of subject.workloads) {
    if (!isLookedAt(workload, declaration, scene)) continue;
    const front = frontOf(workload, subject.service, scene.cluster);
    for (const line of lines) restrictPort(line, front, declaration, scene);
  }
}

/** Adds one line to what callers may request of the workload behind a front. */
function restrictPort(line: RequestLine, front: Front, declaration: RequestDeclaration, scene: Scene): void {
  const { workload } = front;
  const { subject, place, origin } = declaration;
  const ports = line.port === undefined ? httpPorts(front) : writtenPort(line.port, front);
  const [port, ...others] = ports;
  if (port === undefined || others.length > 0) {
    reportPort(line, workload, ports, declaration, scene);
    return;
  }
  const known = scene.all.get(workload) ?? { ports: new Map(), origins: new Set(), place };
  scene.all.set(workload, known);
  addRequest(known, port, scene.cluster.config.mode === 'observe' ? EVERYTHING : line.request);
  known.origins.add(`${nameOf(subject)} ${origin}: ${line.text}`);
}

const EVERYTHING: HttpRequest = { method: undefined, path: undefined };

function addRequest({ ports }: Restriction, port: number, request: HttpRequest): void {
  const known = ports.get(port) ?? [];
  if (!known.some(({ method, path }) => method === request.method && path === request.path)) known.push(request);
  ports.set(port, known);
}

function writtenPort(port: PortTerm, front: Front): readonly number[] {
  const reading = readPortTerm(port, front);
  if (reading.kind === 'unknown' || reading.ports === 'all') return [];
  return reading.ports.map((range) => range.port);
}

/** Requests are looked at where a policy lets some in and refuses the others. */
function isLookedAt(workload: Workload, { place }: RequestDeclaration, { isolation, report }: Scene): boolean {
  const name = nameOf(workload.resource);
  const why = workload.hostNetwork
    ? `not speak for ${name}, which is on the network of its nodes, where policies do not apply`
    : `be on what is closed for ingress, and ${name} is open: add allow-from, or isolate it`;
  if (isolation.closed(workload, 'Ingress') && !workload.hostNetwork) return true;
  report({ ...place, code: 'http-open', severity: 'error', message: `must ${why}` });
  return false;
}

function reportPort(
  { text, port }: RequestLine,
  workload: Workload,
  ports: readonly number[],
  { place }: RequestDeclaration,
  { report }: Scene,
): void {
  const known = ports.map((one) => portText(one, workload)).join(', ');
  const what =
    port === undefined
      ? `must say which port is HTTP, since ${nameOf(workload.resource)} has ${known === '' ? 'none that it declares' : known}`
      : `must say one TCP port of ${nameOf(workload.resource)}`;
  const [first = 8080] = ports;
  const message = `${what}, got "${text}": write it first, as in "${first}: GET /api"`;
  report({ ...place, code: 'http-port', severity: 'error', message, got: text });
}

function warnOfPrefix({ text, request }: RequestLine, { place }: RequestDeclaration, { report }: Scene): void {
  if (!/[\w-]\.\*$/.test(request.path ?? '')) return;
  const path = request.path?.slice(0, -'.*'.length) ?? '';
  const message =
    `lets "${path}X" through as well as "${path}/x", got "${text}": ` +
    `write "${text.slice(0, -'.*'.length)}(/.*)?" for the path and what is below it`;
  report({ ...place, code: 'http-prefix', severity: 'warning', message, got: text });
}
