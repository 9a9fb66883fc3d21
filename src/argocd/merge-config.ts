import { printManifest } from '../emit/manifest.ts';
import { isMapping } from '../parse/fields.ts';
import { PARAMETERS, type Parameter } from './parameter.ts';
import type { ParameterValues } from './parameter-values.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** A config that has what an Application says: its parameters go before the file, its namespace stands for none. */
export function mergeConfig(config: unknown, values: ParameterValues, namespace: string): Mapping {
  if (config !== undefined && !isMapping(config)) return {};
  const base = config ?? NO_CONFIG;
  if (base['kind'] === 'ConfigMap') return { ...base, data: mergeData(asMapping(base['data']), values, namespace) };
  const spec = asMapping(base['spec']);
  const settings = PARAMETERS.flatMap((parameter) => settingOf(parameter, values));
  const merged = settings.reduce<Mapping>((into, { path, value }) => put(into, path, value), spec);
  return { ...base, spec: withNamespace(merged, namespace) };
}

/** Whether an Application sets anything of a config. */
export function saysSettings(values: ParameterValues): boolean {
  return PARAMETERS.some((parameter) => settingOf(parameter, values).length > 0);
}

/** The same as the text of a file. */
export function printConfig(config: Mapping): string {
  return printManifest(config);
}

const NO_CONFIG: Mapping = {
  apiVersion: 'postern.dev/v1alpha1',
  kind: 'NetworkPolicyGenerator',
  metadata: { name: 'postern' },
};

interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What a parameter sets; each name of a map by itself, so that the file's other names stay. */
function settingOf({ name, setting }: Parameter, { strings, arrays, maps }: ParameterValues): Setting[] {
  if (setting === undefined) return [];
  const map = maps.get(name);
  if (map !== undefined) return [...map].map(([key, value]) => ({ path: [...setting, key], value }));
  const text = strings.get(name);
  const value = arrays.get(name) ?? (name === 'sync-waves' && text !== undefined ? text === 'true' : text);
  return value === undefined ? [] : [{ path: setting, value }];
}

function put(into: Mapping, [key = '', ...rest]: readonly string[], value: unknown): Mapping {
  return { ...into, [key]: rest.length === 0 ? value : put(asMapping(into[key]), rest, value) };
}

function withNamespace(spec: Mapping, namespace: string): Mapping {
  return namespace === '' || (spec['namespace'] ?? '') !== '' ? spec : { ...spec, namespace };
}

/** A ConfigMap holds texts, under keys with dots. */
function mergeData(data: Mapping, values: ParameterValues, namespace: string): Mapping {
  const settings = PARAMETERS.flatMap((parameter) => settingOf(parameter, values));
  const entries = settings.map(({ path, value }) => [
    path.join('.'),
    Array.isArray(value) ? value.join(', ') : String(value),
  ]);
  return withNamespace({ ...data, ...Object.fromEntries(entries) }, namespace);
}

function asMapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}
