import type { InputItem } from '../model/input.ts';
import { MARK } from '../model/mark.ts';
import type { Place, Report } from '../model/problem.ts';
import type { Source } from '../model/resource.ts';
import { isWrittenKind } from '../model/written-kinds.ts';
import { isMapping } from './fields.ts';
import { type ReadObject, readResource } from './resource.ts';

/** Whether Postern reads objects of this kind. */
export type ReadsKind = (apiVersion: string, kind: string) => boolean;

const NONE: readonly ReadObject[] = [];

/**
 * The objects of one item that Postern reads: the item's own, or the members of a List. Items of other kinds are not
 * parsed, unless their text mentions `prefix`, since they may carry an annotation, or the mark of a run that wrote
 * them. Local configuration is not in the cluster, so it is left out.
 */
export function readObjects(
  item: InputItem,
  readsKind: ReadsKind,
  prefix: string,
  report: Report,
): readonly ReadObject[] {
  // An object of a kind that is read, as most are here, is read whatever its text mentions.
  const isCertain = isOneRead(item, readsKind);
  const mentions = !isCertain && item.text.includes(prefix);
  // The mark's key does not follow the prefix.
  const isMarked = !isCertain && (mentions || !MARK.startsWith(prefix)) && item.text.includes(MARK);
  const reads = isMarked ? orWritten(readsKind) : readsKind;
  const wanted = isCertain || mayHold(item, reads);
  if (!wanted && !mentions) return NONE;
  const read = item.read();
  if ('problem' in read) {
    // What is wrong in an object that nobody reads is for its own reader to say.
    if (wanted) report({ ...placeOfItem(item), severity: 'error', ...read.problem });
    return NONE;
  }
  const objects: ReadObject[] = [];
  for (const { value, apiVersion, kind } of membersOf(read.value)) {
    const isRead = reads(apiVersion, kind);
    if (!isRead && !mentions) continue;
    // Of a kind that nobody reads only the annotations count.
    const object = readResource(value, apiVersion, kind, sourceOf(item, value), isRead ? report : ignore);
    if (!isLocalConfig(object)) objects.push(object);
  }
  return objects;
}

function ignore(): void {}

function orWritten(reads: ReadsKind): ReadsKind {
  return (apiVersion, kind) => reads(apiVersion, kind) || isWrittenKind({ apiVersion, kind });
}

/** Whether an item is one object, of a kind that is read. */
function isOneRead({ apiVersion, kind }: InputItem, reads: ReadsKind): boolean {
  return apiVersion !== undefined && kind !== undefined && !kind.endsWith('List') && reads(apiVersion, kind);
}

/** Whether an item's object, or a member of its list, may be of a kind that is read. */
function mayHold(item: InputItem, reads: ReadsKind): boolean {
  const { apiVersion, kind } = item;
  if (apiVersion === undefined || kind === undefined) return true;
  return (
    reads(apiVersion, kind) ||
    kind === 'List' ||
    (kind.endsWith('List') && reads(apiVersion, kind.slice(0, -'List'.length)))
  );
}

interface Member {
  readonly value: Readonly<Record<string, unknown>>;
  readonly apiVersion: string;
  readonly kind: string;
}

/** An object itself, or the members of a list of objects; members of a PodList need not repeat their kind. */
function membersOf(value: unknown): Member[] {
  if (!isMapping(value)) return [];
  const { apiVersion, kind } = typeOf(value);
  if (!kind.endsWith('List') || !Array.isArray(value['items'])) return [{ value, apiVersion, kind }];
  const memberKind = kind.slice(0, -'List'.length);
  return value['items'].filter(isMapping).flatMap((member) => {
    const own = typeOf(member);
    if (own.kind.endsWith('List')) return membersOf(member);
    return [{ value: member, apiVersion: own.apiVersion || apiVersion, kind: own.kind || memberKind }];
  });
}

function typeOf(value: Readonly<Record<string, unknown>>): { apiVersion: string; kind: string } {
  const { apiVersion, kind } = value;
  return {
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    kind: typeof kind === 'string' ? kind : '',
  };
}

function isLocalConfig({ resource }: ReadObject): boolean {
  const local = resource.annotations['config.kubernetes.io/local-config'];
  return local !== undefined && local !== 'false';
}

function placeOfItem(item: InputItem): Place {
  const { apiVersion = '', kind = '' } = item;
  return {
    item: item.index,
    ...(item.file === undefined ? {} : { file: item.file }),
    ...(item.fileIndex === undefined ? {} : { fileIndex: item.fileIndex }),
    ...(kind === '' ? {} : { resource: { apiVersion, kind, name: '', namespace: undefined } }),
  };
}

/** Where the client says an object came from. */
function sourceOf(item: InputItem, value: Readonly<Record<string, unknown>>): Source {
  const metadata = isMapping(value['metadata']) ? value['metadata'] : {};
  const annotations = isMapping(metadata['annotations']) ? metadata['annotations'] : {};
  // Kustomize knows no files: for a second function in one build it makes up their names.
  const isMadeUp = annotations['kustomize.config.k8s.io/id'] !== undefined;
  const path = item.file ?? (isMadeUp ? undefined : (annotations[PATH] ?? annotations[LEGACY_PATH]));
  if (typeof path !== 'string') return { item: item.index };
  const index = item.fileIndex ?? Number(annotations[INDEX] ?? annotations[LEGACY_INDEX]);
  return { item: item.index, file: path, ...(Number.isInteger(index) ? { fileIndex: index } : {}) };
}

const PATH = 'internal.config.kubernetes.io/path';
const INDEX = 'internal.config.kubernetes.io/index';
const LEGACY_PATH = 'config.kubernetes.io/path';
const LEGACY_INDEX = 'config.kubernetes.io/index';
