import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools.ts';

const BASE = join(ROOT, 'testdata', 'containers', 'kustomize', 'base', 'shop.yaml');

/** A ResourceList with the small shop of testdata, every workload closed. */
export const SHOP: string = resourceList(readFileSync(BASE, 'utf8').split('---\n'));

/** A ResourceList of a ring of workloads, each with a Service: twice `count` objects. */
export function manyWorkloads(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `app-${index}`);
  return resourceList(names.flatMap((name, index) => [deployment(name, names[(index + 1) % count]), service(name)]));
}

function deployment(name: string, callee = name): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ring
  annotations:
    postern.dev/allow-to: ${callee}
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
      - name: main
        image: example.com/main:1
        ports:
        - {name: http, containerPort: 8080}
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ring
spec:
  selector: {app: ${name}}
  ports:
  - {port: 80, targetPort: http}
`;
}

function resourceList(objects: readonly string[]): string {
  const items = objects.map((text) => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`);
  return `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
${items.join('')}functionConfig:
  apiVersion: postern.dev/v1alpha1
  kind: NetworkPolicyGenerator
  metadata:
    name: netpol
  spec:
    isolate: both
`;
}
