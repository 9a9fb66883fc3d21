import { printManifest } from '../emit/manifest.ts';
import { isMapping } from '../parse/fields.ts';
import { readYaml } from './read-yaml.ts';

/** The names that Kustomize knows. */
export const KUSTOMIZATION_FILES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What matters of a kustomization: what it builds on, and the functions that it runs. */
export interface Kustomization {
  /** Files and folders that it builds on. */
  readonly builds: readonly string[];
  /** Paths, or objects as text. */
  readonly transformers: readonly string[];
  /** The same for functions that change nothing that is there: generators and validators. */
  readonly others: readonly string[];
  /** It only lists files, so what it builds is what they hold. */
  readonly isPlain: boolean;
}

/** A function that a kustomization runs. */
export interface ListedFunction {
  readonly runs: 'program' | 'container';
  /** A path or a name of an image. */
  readonly program: string;
  readonly isPostern: boolean;
  readonly config: Readonly<Record<string, unknown>>;
}

const FUNCTION = 'config.kubernetes.io/function';

const PLAIN: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'resources']);

/** Reads a kustomization; undefined where it is none, which Kustomize says better. */
export function readKustomization(text: string): Kustomization | undefined {
  const [value] = readYaml(text) ?? [];
  if (!isMapping(value)) return undefined;
  const list = (name: string): string[] =>
    Array.isArray(value[name]) ? value[name].filter((entry) => typeof entry === 'string') : [];
  return {
    builds: [...list('resources'), ...list('bases'), ...list('components')],
    transformers: list('transformers'),
    others: [...list('generators'), ...list('validators')],
    isPlain: Object.keys(value).every((key) => PLAIN.has(key)),
  };
}

/** The functions among the objects of a text. Built-in transformers have no such annotation. */
export function readFunctions(text: string): ListedFunction[] {
  return (readYaml(text) ?? []).flatMap((config): ListedFunction[] => {
    if (!isMapping(config)) return [];
    const spec = functionOf(config);
    const container = textAt(spec, 'container', 'image');
    const exec = textAt(spec, 'exec', 'path');
    if (container !== undefined)
      return [{ runs: 'container', program: container, isPostern: isPosternImage(container), config }];
    if (exec === undefined) return [];
    return [{ runs: 'program', program: exec, isPostern: /(?:^|\/)postern(?:\.js)?$/.test(exec), config }];
  });
}

/** Whether a container image is this function, wherever it comes from and whichever its version. */
export function isPosternImage(image: string): boolean {
  return /(?:^|\/)postern(?:[:@]|$)/.test(image);
}

function functionOf(config: Readonly<Record<string, unknown>>): unknown {
  const metadata = isMapping(config['metadata']) ? config['metadata'] : {};
  const annotations = isMapping(metadata['annotations']) ? metadata['annotations'] : {};
  const text = annotations[FUNCTION] ?? annotations['config.k8s.io/function'];
  return typeof text === 'string' ? readYaml(text)?.[0] : undefined;
}

function textAt(value: unknown, outer: string, inner: string): string | undefined {
  const mapping = isMapping(value) ? value[outer] : undefined;
  const text = isMapping(mapping) ? mapping[inner] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** The image of the function that only looks at what it is given. Known where `wrapKustomization` put it, and nowhere else. */
export const LOOKER = 'postern-looks';

/** The variable with the file to which it writes what it sees. */
export const LOOKER_FILE = 'POSTERN_ARGOCD_SEEN';

/**
 * A kustomization around another, with one transformer that looks at the objects: there they still have the names of the
 * base beside their own.
 */
export function wrapKustomization(resource: string): string {
  const annotations = { [FUNCTION]: printManifest({ container: { image: LOOKER } }) };
  const looker = { apiVersion: 'postern.dev/v1alpha1', kind: 'Looker', metadata: { name: 'looker', annotations } };
  return printManifest({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [resource],
    transformers: [printManifest(looker)],
  });
}
