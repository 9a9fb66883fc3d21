import type { PodText } from '../model/pod-text.ts';
import { isMapping } from './fields.ts';

/** The data of a ConfigMap of the input; undefined where it is not there. */
export type FindConfigMap = (name: string) => Readonly<Record<string, string>> | undefined;

/** What is read of a container, and what is not. */
export interface ContainerTexts {
  readonly texts: readonly PodText[];
  readonly unread: readonly string[];
}

/** Where a pod is, and what its containers may refer to. */
export interface PodScene {
  readonly namespace: string;
  readonly configMap: FindConfigMap;
}

/** A variable of a container; without a value where it is not known from the manifests. */
interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  readonly where: string;
}

/** The texts of one container: its variables, command, arguments, hooks and the commands of its probes. Shapes that the API does not know are passed over. */
export function readContainer(container: unknown, scene: PodScene): ContainerTexts {
  const name = String(at(container, 'name') ?? '');
  const unread: string[] = [];
  const variables = [...fromSources(container, scene, unread), ...fromEntries(container, name, scene, unread)];
  const known = new Map(variables.flatMap(({ name: key, value }) => (value === undefined ? [] : [[key, value]])));
  const expanded = variables.flatMap(({ name: key, value, where }) =>
    value === undefined ? [] : [{ text: expand(value, known), key, where, form: 'value' as const, scope: name }],
  );
  const commands = wordsOf(container).flatMap(([words, what]) =>
    words.map((text, index) => ({
      text: expand(text, known),
      key: flagBefore(words, index),
      where: `${what} of container ${name}`,
      form: 'value' as const,
      scope: name,
    })),
  );
  return { texts: [...expanded, ...commands], unread };
}

/** `envFrom`: whole ConfigMaps and Secrets. */
function fromSources(container: unknown, { configMap }: PodScene, unread: string[]): Variable[] {
  return list(at(container, 'envFrom')).flatMap((source) => {
    const secret = at(at(source, 'secretRef'), 'name');
    if (typeof secret === 'string') unread.push(`Secret "${secret}"`);
    const name = at(at(source, 'configMapRef'), 'name');
    if (typeof name !== 'string') return [];
    const data = configMap(name);
    if (data === undefined) unread.push(`ConfigMap "${name}"`);
    const prefix = at(source, 'prefix');
    return Object.entries(data ?? {}).map(([key, value]) => ({
      name: `${typeof prefix === 'string' ? prefix : ''}${key}`,
      value,
      where: `ConfigMap "${name}" key ${key}`,
    }));
  });
}

/** `env`: values, keys of ConfigMaps and Secrets, fields of the pod. */
function fromEntries(container: unknown, owner: string, scene: PodScene, unread: string[]): Variable[] {
  return list(at(container, 'env')).flatMap((entry): Variable[] => {
    const name = at(entry, 'name');
    if (typeof name !== 'string') return [];
    const value = at(entry, 'value');
    const where = `env ${name} of container ${owner}`;
    if (typeof value === 'string') return [{ name, value, where }];
    const from = at(entry, 'valueFrom');
    const secret = at(at(from, 'secretKeyRef'), 'name');
    if (typeof secret === 'string') unread.push(`Secret "${secret}"`);
    if (at(at(from, 'fieldRef'), 'fieldPath') === 'metadata.namespace')
      return [{ name, value: scene.namespace, where }];
    const [map, key] = [at(at(from, 'configMapKeyRef'), 'name'), at(at(from, 'configMapKeyRef'), 'key')];
    if (typeof map !== 'string' || typeof key !== 'string') return [];
    const data = scene.configMap(map);
    if (data === undefined) unread.push(`ConfigMap "${map}"`);
    return [{ name, value: data?.[key], where: `${where}, from ConfigMap "${map}" key ${key}` }];
  });
}

/** Everything that a container runs, as lists of words. */
function wordsOf(container: unknown): [readonly string[], string][] {
  const commandOf = (holder: unknown): readonly string[] => strings(at(at(holder, 'exec'), 'command'));
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe): [readonly string[], string] => [
    commandOf(at(container, probe)),
    probe,
  ]);
  const hooks = ['postStart', 'preStop'].map((hook): [readonly string[], string] => [
    commandOf(at(at(container, 'lifecycle'), hook)),
    hook,
  ]);
  return [
    [strings(at(container, 'command')), 'command'],
    [strings(at(container, 'args')), 'args'],
    ...probes,
    ...hooks,
  ];
}

/** The flag whose value stands in the next word: `--redis`, `argocd-redis:6379`. */
function flagBefore(words: readonly string[], index: number): string | undefined {
  const before = words[index - 1];
  return before !== undefined && /^--?[A-Za-z][\w.-]*$/.test(before) ? before : undefined;
}

/** `$(NAME)`, as Kubernetes replaces it; unknown ones stay, and so does `$$(NAME)`. */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$?\$\(([A-Za-z_.-][\w.-]*)\)/g, (whole, name: string) =>
    whole.startsWith('$$') ? whole : (variables.get(name) ?? whole),
  );
}

function strings(value: unknown): readonly string[] {
  return list(value).filter((one) => typeof one === 'string');
}

/** The entries of a list; none where it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A field of a mapping. */
export function at(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
