import { nearest } from '../model/nearest.ts';
import type { Report } from '../model/problem.ts';
import { isMapping } from '../parse/fields.ts';
import { PARAMETERS, type Parameter } from './parameter.ts';
import type { ParameterValues } from './parameter-values.ts';

/** The variables of the plugin's process, as Argo CD sets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One parameter as it was said, with the words that users know it by. */
interface Said {
  readonly parameter: Parameter;
  readonly title: string;
  readonly value: unknown;
}

const VARIABLE = 'ARGOCD_ENV_POSTERN_';

/**
 * Reads what an Application says: `parameters`, which arrive as JSON, over `env`, which arrives with a prefix. Reports
 * what it does not know, with the name and what to write. Empty values are as if absent: the UI leaves them behind.
 */
export function readParameters(environment: Environment, report: Report): ParameterValues {
  const values = { strings: new Map<string, string>(), arrays: new Map(), maps: new Map() };
  for (const said of [...readVariables(environment, report), ...readJson(environment, report)]) {
    const { parameter, title } = said;
    const refuse = (must: string): void =>
      report({ code: 'invalid-parameter', severity: 'error', message: `${title} ${must}` });
    if (parameter.collection === 'array') put(values.arrays, parameter, arrayOf(said.value, refuse));
    else if (parameter.collection === 'map') put(values.maps, parameter, mapOf(said.value, refuse));
    else put(values.strings, parameter, stringOf(said, refuse));
  }
  return values;
}

/** Whether an Application says anything to this plugin at all. */
export function saysAnything(environment: Environment): boolean {
  const ignore = (): void => {};
  return [...readVariables(environment, ignore), ...readJson(environment, ignore)].length > 0;
}

function put<Value>(into: Map<string, Value>, { name }: Parameter, value: Value | undefined): void {
  if (value !== undefined) into.set(name, value);
}

/** `plugin.env` of the Application: `POSTERN_SYNC_WAVES`. A map is lines of `name=value`, an array is lines. */
function readVariables(environment: Environment, report: Report): Said[] {
  const names = Object.keys(environment).filter((name) => name.startsWith(VARIABLE));
  return names.sort().flatMap((variable): Said[] => {
    const name = variable.slice(VARIABLE.length).toLowerCase().replaceAll('_', '-');
    const written = variable.slice('ARGOCD_ENV_'.length);
    const title = `the variable "${written}"`;
    const parameter = PARAMETERS.find((known) => known.name === name);
    if (parameter === undefined) {
      const near = nearest(name, knownNames());
      refuseName('variable', written, near && `POSTERN_${near.toUpperCase().replaceAll('-', '_')}`, report);
      return [];
    }
    const text = environment[variable] ?? '';
    return [{ parameter, title, value: parameter.collection === 'string' ? text : linesOf(text, parameter) }];
  });
}

function linesOf(text: string, { collection }: Parameter): unknown {
  const lines = text.split(/[\n;]/).flatMap((line) => line.trim() || []);
  if (collection === 'array') return lines;
  return Object.fromEntries(
    lines.map((line) => [
      line.split('=', 1)[0]?.trim() ?? '',
      line.includes('=') ? line.slice(line.indexOf('=') + 1).trim() : '',
    ]),
  );
}

/** `plugin.parameters` of the Application. */
function readJson(environment: Environment, report: Report): Said[] {
  const text = environment['ARGOCD_APP_PARAMETERS'];
  if (text === undefined || text.trim() === '') return [];
  const list = parse(text);
  if (list === null) return [];
  if (!Array.isArray(list)) {
    const message = 'ARGOCD_APP_PARAMETERS must be a list in JSON, as Argo CD writes it';
    report({ code: 'invalid-parameter', severity: 'error', message });
    return [];
  }
  return list.flatMap((entry: unknown): Said[] => {
    if (!isMapping(entry)) return [];
    const name = String(entry['name']);
    const parameter = PARAMETERS.find((known) => known.name === name);
    if (parameter !== undefined)
      return [{ parameter, title: `the parameter "${name}"`, value: formOf(entry, parameter) }];
    refuseName('parameter', name, nearest(name, knownNames()), report);
    return [];
  });
}

/** The form that the parameter has, else whichever was written, to be told that it is wrong. */
function formOf(entry: Readonly<Record<string, unknown>>, { collection }: Parameter): unknown {
  return entry[collection] ?? entry['string'] ?? entry['array'] ?? entry['map'];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuseName(what: string, name: string, near: string | undefined, report: Report): void {
  const hint = near === undefined ? `the parameters are ${knownNames().join(', ')}` : `did you mean "${near}"?`;
  const message = `must be a ${what} that Postern knows, got "${name}" (${hint})`;
  report({ code: 'unknown-parameter', severity: 'error', message });
}

function knownNames(): string[] {
  return PARAMETERS.map(({ name }) => name);
}

function stringOf({ parameter, value }: Said, refuse: (must: string) => void): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') return refuse('must be a "string"') as undefined;
  const text = value.trim();
  if (text === '') return undefined;
  const { choices } = parameter;
  if (choices === undefined || choices.includes(text)) return text;
  const near = nearest(text, choices);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return refuse(`must be ${orList(choices)}, got "${text}"${hint}`) as undefined;
}

function orList(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `"${choice}"`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function arrayOf(value: unknown, refuse: (must: string) => void): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return refuse('must be an "array" of texts') as undefined;
  const texts = value.map((entry: unknown) => String(entry).trim()).filter((entry) => entry !== '');
  return texts.length === 0 ? undefined : texts;
}

function mapOf(value: unknown, refuse: (must: string) => void): ReadonlyMap<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isMapping(value)) return refuse('must be a "map" of names and texts') as undefined;
  const entries = Object.entries(value).map(([key, text]): [string, string] => [key, String(text)]);
  return entries.length === 0 ? undefined : new Map(entries);
}
