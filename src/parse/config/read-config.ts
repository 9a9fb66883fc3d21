import type { Config } from '../../model/config.ts';
import { nearest } from '../../model/nearest.ts';
import type { Place, Report } from '../../model/problem.ts';
import { isMapping } from '../fields.ts';
import { isDnsSubdomain } from '../grammar/dns-name.ts';
import { API_VERSION, CHECK_KIND, KIND } from './document-type.ts';
import { readConfigMap } from './read-config-map.ts';
import { readSpec } from './read-spec.ts';
import { describe, reportUnknown } from './report-issues.ts';
import { type Path, printPath, type Spot } from './spot.ts';

/** The owner where the config has no name of its own. */
const DEFAULT_OWNER = 'postern';
/** kpt gives this name to every config that is written in its pipeline, whichever function it is for. */
const SHARED_NAME = 'function-input';

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads the function's config: a `NetworkPolicyGenerator`, or a `ConfigMap` with the same fields as text. Absent or
 * null, every field has its default. Reports all that is wrong with it, and answers a config all the same: whoever
 * calls must stop after an error.
 */
export function readConfig(value: unknown, place: Place, report: Report): Config {
  const spotOf = (place: Place, fieldAt: Spot['fieldAt']): Spot => ({ path: [], place, report, fieldAt });
  const root = spotOf(place, (path) => printPath('', path));
  if (value === undefined || value === null) return readSpec({}, DEFAULT_OWNER, root);
  if (!isMapping(value)) {
    const must = `must be a ${KIND} or a ConfigMap, got ${describe(value)}`;
    report({ ...place, code: 'invalid-config', severity: 'error', message: must });
    return readSpec({}, DEFAULT_OWNER, root);
  }
  const own = placeOfConfig(value, place);
  const document = spotOf(own, (path) => printPath('', path));
  const form = formOf(value, document);
  const owner = ownerOf(value);
  if (form === undefined) return readSpec({}, owner, document);
  if (form === 'ConfigMap') {
    checkFields(value, ['data', 'immutable'], document);
    const spec = readConfigMap(
      value['data'],
      spotOf(own, (path) => printPath('data', [path.join('.')].filter(Boolean))),
    );
    return readSpec(
      spec,
      owner,
      spotOf(own, (path) => dataField(path, value['data'])),
    );
  }
  checkFields(value, ['spec'], document);
  const spec = readSpec(
    value['spec'],
    owner,
    spotOf(own, (path) => printPath('spec', path)),
  );
  return value['kind'] === CHECK_KIND ? { ...spec, task: 'check' } : spec;
}

const OWN_KINDS: readonly string[] = [KIND, CHECK_KIND];

/** Both kinds of Postern's own have the same spec. */
function formOf(value: Mapping, spot: Spot): 'own' | 'ConfigMap' | undefined {
  const { apiVersion, kind } = value;
  const isOwn = typeof kind === 'string' && OWN_KINDS.includes(kind);
  if (!isOwn && kind !== 'ConfigMap') {
    const want = typeof kind === 'string' ? nearest(kind, [...OWN_KINDS, 'ConfigMap']) : undefined;
    const meant = want === undefined ? '' : ` (did you mean "${want}"?)`;
    return wrongForm(spot, 'kind', `must be "${KIND}" or "ConfigMap", got ${describe(kind)}${meant}`);
  }
  const version = isOwn ? API_VERSION : 'v1';
  if (apiVersion === version) return isOwn ? 'own' : 'ConfigMap';
  return wrongForm(spot, 'apiVersion', `must be "${version}" for a ${kind}, got ${describe(apiVersion)}`);
}

function wrongForm(spot: Spot, field: string, message: string): undefined {
  spot.report({ ...spot.place, field, code: 'invalid-config', severity: 'error', message });
  return undefined;
}

/** Clients write what they like into metadata; beside it only the fields that are read may stand. */
function checkFields(value: Mapping, own: readonly string[], spot: Spot): void {
  const known = ['apiVersion', 'kind', 'metadata', ...own];
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) reportUnknown(unknown, known, spot);
}

function placeOfConfig(value: Mapping, place: Place): Place {
  const metadata = isMapping(value['metadata']) ? value['metadata'] : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const resource = {
    apiVersion: text(value['apiVersion']) ?? '',
    kind: text(value['kind']) ?? '',
    name: text(metadata['name']) ?? '',
    namespace: text(metadata['namespace']),
  };
  return { ...place, resource };
}

function ownerOf(value: Mapping): string {
  const name = isMapping(value['metadata']) ? value['metadata']['name'] : undefined;
  return typeof name === 'string' && name !== SHARED_NAME && isDnsSubdomain(name) ? name : DEFAULT_OWNER;
}

/** A path of `spec` as the key of `data` that it came from: `data["always.allowFrom"]`. */
function dataField(path: Path, data: unknown): string {
  const keys = isMapping(data) ? Object.keys(data) : [];
  const dotted = path.map((_, index) => path.slice(0, index + 1).join('.'));
  return printPath('data', [dotted.find((key) => keys.includes(key)) ?? path.join('.')]);
}
