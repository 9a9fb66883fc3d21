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
  /** What only counts in the outermost kustomization. */
  readonly outermost: Readonly<Record<string, unknown>>;
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

/** Reads a kustomization; undefined where it is none, which Kustomize says better. */
export function readKustomization(text: string): Kustomization | undefined {
  const [value] = readYaml(text) ?? [];
  if (!isMapping(value)) return undefined;
  const list = (name: string): string[] =>
    Array.isArray(value[name]) ? value[name].filter((entry) => typeof entry === 'string') : [];
  const outermost = Object.entries(value).filter(([key]) => key === 'sortOptions' || key === 'buildMetadata');
  return {
    builds: [...list('resources'), ...list('bases'), ...list('components')],
    transformers: list('transformers'),
    others: [...list('generators'), ...list('validators')],
    outermost: Object.fromEntries(outermost),
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

/**
 * A kustomization around another, with functions as its last transformers, so that they see the names of the base. They
 * run as containers: the plugin puts itself where Kustomize looks for the engine, and no program of the repository runs.
 */
export function wrapKustomization(
  resource: string,
  { outermost }: Kustomization,
  configs: readonly Readonly<Record<string, unknown>>[],
): string {
  return printManifest({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...outermost,
    resources: [resource],
    transformers: configs.map((config) => printManifest(asContainer(config))),
  });
}

function asContainer(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const metadata = isMapping(config['metadata']) ? config['metadata'] : {};
  const annotations = isMapping(metadata['annotations']) ? metadata['annotations'] : {};
  const own = { [FUNCTION]: printManifest({ container: { image: 'postern' } }) };
  return { ...config, metadata: { name: 'postern', ...metadata, annotations: { ...annotations, ...own } } };
}
