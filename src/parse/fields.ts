import type { Place, Report } from '../model/problem.ts';
import type { StringMap } from '../model/resource.ts';
import { NO_STRINGS, newStringMap } from './string-map.ts';

/**
 * Reads the fields of one object that came from YAML, and reports what has another type than the API wants.
 * Absent and null are both undefined, as the API server reads them. Every reader answers undefined after a report,
 * so that one wrong field makes one problem.
 */
export class Fields {
  readonly value: Readonly<Record<string, unknown>>;
  readonly place: Place;
  readonly report: Report;
  private readonly outer: Fields | undefined;
  private readonly key: string;
  private readonly index: number | undefined;

  constructor(value: Fields['value'], place: Place, report: Report, outer?: Fields, key = '', index?: number) {
    this.value = value;
    this.place = place;
    this.report = report;
    this.outer = outer;
    this.key = key;
    this.index = index;
  }

  /** Path from the object's root: `spec.ports[0]`; '' at the root. Put together when a problem asks for it. */
  get path(): string {
    if (this.outer === undefined) return '';
    const path = pathOf(this.outer, this.key);
    return this.index === undefined ? path : `${path}[${this.index}]`;
  }

  /** The fields of a mapping at `key`, or in a list there. */
  within(key: string, value: Fields['value'], index?: number): Fields {
    return new Fields(value, this.place, this.report, this, key, index);
  }

  /** The same fields, whose problems go somewhere else. */
  reportingTo(report: Report): Fields {
    return new Fields(this.value, this.place, report, this.outer, this.key, this.index);
  }

  /** Other fields at the same path. */
  as(value: Fields['value']): Fields {
    return new Fields(value, this.place, this.report, this.outer, this.key, this.index);
  }
}

/** The fields of a whole object. */
export function fieldsOf(value: Readonly<Record<string, unknown>>, place: Place, report: Report): Fields {
  return new Fields(value, place, report);
}

const NONE: readonly Fields[] = [];

/** A mapping at `key`. */
export function mapping(fields: Fields, key: string): Fields | undefined {
  const value = valueAt(fields, key);
  if (value === undefined) return undefined;
  return isMapping(value) ? fields.within(key, value) : wrongType(fields, pathOf(fields, key), 'a mapping', value);
}

/** The entries of a list of mappings at `key`; [] when absent. */
export function mappings(fields: Fields, key: string): readonly Fields[] {
  const values = list(fields, key);
  if (values.length === 0) return NONE;
  const found: Fields[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (isMapping(value)) found.push(fields.within(key, value, index));
    else wrongType(fields, `${pathOf(fields, key)}[${index}]`, 'a mapping', value);
  }
  return found;
}

/** The entries of a list of strings at `key`; [] when absent. */
export function strings(fields: Fields, key: string): string[] {
  return list(fields, key).flatMap((value, index) => {
    if (typeof value === 'string') return [value];
    wrongType(fields, `${pathOf(fields, key)}[${index}]`, 'a string', value);
    return [];
  });
}

/** A list at `key`; [] when absent. */
export function list(fields: Fields, key: string): readonly unknown[] {
  const value = valueAt(fields, key);
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  wrongType(fields, pathOf(fields, key), 'a list', value);
  return [];
}

/** A string at `key`. */
export function string(fields: Fields, key: string): string | undefined {
  return scalar(fields, key, 'a string', isString);
}

/** A boolean at `key`. */
export function boolean(fields: Fields, key: string): boolean | undefined {
  return scalar(fields, key, 'true or false', isBoolean);
}

/** A port number at `key`, 1 to 65535. */
export function portNumber(fields: Fields, key: string): number | undefined {
  return scalar(fields, key, 'a port number from 1 to 65535', isPortNumber);
}

/** A port number or a port's name at `key`. */
export function portOrName(fields: Fields, key: string): number | string | undefined {
  return scalar(fields, key, 'a port number or the name of a port', isPortOrName);
}

/** One of a few strings at `key`. */
export function oneOf<Choice extends string>(
  fields: Fields,
  key: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = valueAt(fields, key);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  return choice ?? wrongType(fields, pathOf(fields, key), `one of ${choices.join(', ')}`, value);
}

/** A map of strings at `key`, such as labels; {} when absent. The API decodes a null in it as ''. */
export function stringMap(fields: Fields, key: string): StringMap {
  const inner = mapping(fields, key);
  if (inner === undefined) return NO_STRINGS;
  const read = newStringMap();
  for (const name of Object.keys(inner.value)) {
    const value = inner.value[name] ?? '';
    if (typeof value === 'string') read[name] = value;
    else wrongType(fields, `${pathOf(fields, key)}["${name}"]`, 'a string', value);
  }
  return read;
}

/** Whether a value is a YAML mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The path of a field inside `fields`, as problems print it. */
export function pathOf(fields: Fields, key: string): string {
  return fields.path === '' ? key : `${fields.path}.${key}`;
}

/** Reports that a field has the wrong type. */
export function wrongType(fields: Fields, path: string, want: string, value: unknown): undefined {
  fields.report({
    ...fields.place,
    code: 'invalid-field',
    severity: 'error',
    field: path,
    message: `must be ${want}, got ${describe(value)}`,
    ...(typeof value === 'string' ? { got: value } : {}),
  });
  return undefined;
}

function scalar<Value>(
  fields: Fields,
  key: string,
  want: string,
  is: (value: unknown) => value is Value,
): Value | undefined {
  const value = valueAt(fields, key);
  if (value === undefined) return undefined;
  return is(value) ? value : wrongType(fields, pathOf(fields, key), want, value);
}

function valueAt(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields.value, key) ? (fields.value[key] ?? undefined) : undefined;
}

function isPortNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isPortOrName(value: unknown): value is number | string {
  return isPortNumber(value) || isNonEmptyString(value);
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** A value as a message shows it: short, on one line. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = typeof value === 'string' ? `"${value}"` : `the ${typeof value} ${value}`;
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
