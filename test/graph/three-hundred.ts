const SPACES =
  'accounts billing cart catalogue chat checkout content data edge fraud identity inventory ledger mail media';
const MORE = 'monitoring orders payments pricing reports search shipping support tax warehouse';
const NAMES = 'api web worker scheduler cache store indexer gateway sync importer exporter mailer';

/** The namespaces of `threeHundred`. */
export const NAMESPACES: readonly string[] = `${SPACES} ${MORE}`.split(' ');

/** 300 workloads in 25 namespaces, which call each other as shops do, without policies yet. */
export function threeHundred(): string {
  return NAMESPACES.flatMap((namespace, at) => [
    `apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}, annotations: {postern.dev/isolate: both, postern.dev/trust: either}}
`,
    ...NAMES.split(' ').map((name, index) => deployment(name, namespace, callsOf(name, index, at))),
  ]).join('---\n');
}

function callsOf(name: string, index: number, at: number): readonly string[] {
  const other = NAMESPACES[(at * 7 + index * 3 + 1) % NAMESPACES.length];
  return [
    ...(index % 2 === 0 && name !== 'cache' ? ['store:5432'] : []),
    ...(name === 'gateway' ? ['web:8080', 'api:8080'] : []),
    ...(index % 4 === 1 && other !== NAMESPACES[at] ? [`${other}/api:8080`] : []),
    ...(name === 'mailer' ? ['internet:443'] : []),
  ].filter((item) => !item.startsWith(`${name}:`));
}

function deployment(name: string, namespace: string, calls: readonly string[]): string {
  const annotations = calls.length === 0 ? '{}' : `{postern.dev/allow-to: "${calls.join(', ')}"}`;
  const ports = '[{containerPort: 8080}, {containerPort: 5432}]';
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}, annotations: ${annotations}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: ${name}, ports: ${ports}}]}}
`;
}
