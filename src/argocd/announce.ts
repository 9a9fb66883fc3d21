import { isMapping } from '../parse/fields.ts';
import { PARAMETERS, type Parameter, type SourceKind } from './parameter.ts';

/** A parameter as Argo CD's UI wants to be told of it, with the value that holds where the Application says nothing. */
export interface Announcement {
  readonly name: string;
  readonly title: string;
  readonly tooltip: string;
  readonly collectionType: Parameter['collection'];
  readonly string?: string;
  readonly array?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
}

/** What the announcements of one Application depend on. */
export interface Announced {
  readonly source: SourceKind;
  /** The Application's name: a chart's release. */
  readonly application: string;
  /** The config that is used without parameters. */
  readonly config: { readonly file: string; readonly value: unknown } | undefined;
}

/** The parameters that matter to an Application, with what its own config says as their defaults; without those that the plugin's file announces. */
export function announce({ source, application, config }: Announced): Announcement[] {
  const known = PARAMETERS.filter(
    (parameter) => parameter.isStatic !== true && (parameter.source ?? source) === source,
  );
  return known.map((parameter) => {
    const { name, title, tooltip, collection } = parameter;
    const given =
      name === 'config' ? config?.file : name === 'release-name' ? application : settingOf(parameter, config?.value);
    return { name, title, tooltip, collectionType: collection, ...shown(parameter, given) };
  });
}

function settingOf({ setting, name }: Parameter, config: unknown): unknown {
  if (setting === undefined || !isMapping(config)) return undefined;
  const metadata = isMapping(config['metadata']) ? config['metadata'] : {};
  const [outer, inner] = setting;
  const spec = isMapping(config['spec']) ? config['spec'] : {};
  const data = isMapping(config['data']) ? config['data'] : {};
  const field = inner === undefined ? spec[outer] : isMapping(spec[outer]) ? spec[outer][inner] : undefined;
  const own = field ?? data[setting.join('.')];
  return own ?? (name === 'owner' ? metadata['name'] : undefined);
}

/** A peer that is a mapping has no form in the UI, and is left to the file. */
function shown({ collection, default: otherwise }: Parameter, given: unknown): Partial<Announcement> {
  if (collection === 'map') {
    const entries = isMapping(given) ? Object.entries(given).filter(([, value]) => typeof value === 'string') : [];
    return { map: Object.fromEntries(entries) as Record<string, string> };
  }
  if (collection === 'array') {
    const list = Array.isArray(given) ? given : given === undefined ? [] : [given];
    return { array: list.map(String) };
  }
  return { string: given === undefined ? (otherwise ?? '') : String(given) };
}
