import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecker } from './run-checker.ts';

type Labels = Readonly<Record<string, string>>;

/** One end of a connection, as Cilium's engine knows it; `pod`, `entity`, `address` and `host` make them. */
export interface CiliumEnd {
  readonly labels?: readonly string[];
  readonly address?: string;
  readonly host?: string;
  readonly ports?: Readonly<Record<string, { readonly port: number; readonly protocol: string }>>;
}

export interface CiliumQuestion {
  readonly from: CiliumEnd;
  readonly to: CiliumEnd;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  /** A name that is asked of a name server. */
  readonly lookup?: string;
  /** An HTTP request; its path has the query. */
  readonly request?: { readonly method: string; readonly path: string; readonly host?: string };
}

/** What one end says. */
export interface CiliumVerdict {
  readonly allowed: boolean;
  /** Whether policies of this direction select the end at all. */
  readonly enforced: boolean;
  /** Whether rules of HTTP or DNS look at each request, which may still refuse it. */
  readonly proxied: boolean;
  /** Whether the lookup or request gets through; as `allowed` where there is none. */
  readonly passes: boolean;
}

export interface CiliumAnswer {
  readonly egress: CiliumVerdict;
  readonly ingress: CiliumVerdict;
}

/**
 * What Cilium's own engine answers to each question, under policies of any kind that Cilium enforces, NetworkPolicy
 * among them. Throws where Cilium refuses one. Ask all questions at once: a run costs more than a thousand of them.
 */
export function ciliumVerdicts(policies: string, questions: readonly CiliumQuestion[]): readonly CiliumAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), 'postern-cilium-'));
  try {
    const path = join(folder, 'policies.yaml');
    writeFileSync(path, policies);
    return runChecker<CiliumAnswer>('cilium-verdict', [path], questions.map(lineOf).join('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The program takes the headers of a request as Envoy names them. */
function lineOf({ request, ...question }: CiliumQuestion): string {
  if (request === undefined) return JSON.stringify(question);
  const { method, path, host = '' } = request;
  return JSON.stringify({ ...question, request: { ':method': method, ':path': path, ':authority': host } });
}

/** Whether both ends let each connection through, and the lookup or request over it. */
export function ciliumAllows(policies: string, questions: readonly CiliumQuestion[]): readonly boolean[] {
  return ciliumVerdicts(policies, questions).map(({ egress, ingress }) => egress.passes && ingress.passes);
}

export interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
  /** Those of its namespace; `kubernetes.io/metadata.name` is added. */
  readonly namespaceLabels?: Labels;
  readonly serviceAccount?: string;
  readonly ports?: CiliumEnd['ports'];
}

/** A pod that Cilium manages: not one of the host's network. */
export function pod({ namespace, labels, namespaceLabels, serviceAccount = 'default', ports = {} }: Pod): CiliumEnd {
  const ofNamespace = { 'kubernetes.io/metadata.name': namespace, ...namespaceLabels };
  return {
    labels: [
      ...Object.entries(labels).map(([key, value]) => `k8s:${key}=${value}`),
      ...Object.entries(ofNamespace).map(([key, value]) => `k8s:io.cilium.k8s.namespace.labels.${key}=${value}`),
      `k8s:io.kubernetes.pod.namespace=${namespace}`,
      `k8s:io.cilium.k8s.policy.serviceaccount=${serviceAccount}`,
    ],
    ports,
  };
}

/** What Cilium knows by what it is: `host` is the pod's own node. */
export type CiliumEntity =
  | 'host'
  | 'remote-node'
  | 'kube-apiserver'
  | 'ingress'
  | 'health'
  | 'unmanaged'
  | 'init'
  | 'world';

export function entity(name: CiliumEntity): CiliumEnd {
  return { labels: [`reserved:${name}`] };
}

/** An address that is no pod's and no node's. */
export function address(ip: string): CiliumEnd {
  return { address: ip };
}

/** An address that the pod looked up under this name, through Cilium's DNS proxy. */
export function host(name: string): CiliumEnd {
  return { host: name };
}
