import type { Problem } from '../model/problem.ts';
import { isMapping } from '../parse/fields.ts';
import { readYaml } from './read-yaml.ts';

/** A file of the source. */
export interface SourceFile {
  /** Relative to the Application's path. */
  readonly path: string;
  readonly text: string;
}

/** A config and where it was found. */
export interface FoundConfig {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
}

/** Where a config is looked for, in the Application's own folder. */
export const CONFIG_FILES: readonly string[] = [
  'network-policies.yaml',
  'network-policies.yml',
  'postern.yaml',
  'postern.yml',
];

/** The configs among files: those whose only object is a NetworkPolicyGenerator. Others may have such names too. */
export function findConfigs(files: readonly SourceFile[]): FoundConfig[] {
  return files.flatMap(({ path, text }) => {
    if (!text.includes('NetworkPolicyGenerator')) return [];
    const [value, ...more] = readYaml(text) ?? [];
    return isGenerator(value) && more.length === 0 ? [{ file: path, text, value }] : [];
  });
}

/** Whether a value is a function's config of Postern's own kind. */
export function isGenerator(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMapping(value) && value['kind'] === 'NetworkPolicyGenerator';
}

/** The one that is used where the Application names none. */
export function onlyConfig(found: readonly FoundConfig[]): FoundConfig | undefined | Problem {
  const [first, second] = found;
  if (first === undefined || second === undefined) return first;
  const names = found.map(({ file }) => `"${file}"`).join(' and ');
  const message = `must find one NetworkPolicyGenerator, got ${names}; the parameter "config" names the one to use`;
  return { code: 'several-configs', severity: 'error', message };
}
