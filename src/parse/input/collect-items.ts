import type { InputItem } from '../../model/input.ts';
import type { Entries, Site, StandIn } from '../../model/layout.ts';
import type { Place, Problem, Report } from '../../model/problem.ts';
import { CutItem, type ItemType } from './cut-item.ts';
import { type Entry, lookAt, type OpenedList } from './entry.ts';
import type { Look } from './look.ts';
import { valueAt } from './look-at-node.ts';
import { openItems } from './open-list.ts';
import { problemAt } from './point-at.ts';
import { printAlone } from './print-alone.ts';
import { problemOf } from './yaml-error.ts';
import { childrenOf } from './yaml-tree.ts';

/** Items and sites of one part, as they are found. */
export interface Collecting {
  readonly part: number;
  readonly file: string | undefined;
  /** The number of the text's first item. */
  readonly first: number;
  readonly report: Report;
  readonly items: InputItem[];
  readonly sites: Site[];
  readonly standIns: StandIn[];
  /** Lists of this part. */
  readonly lists: Entries[];
}

/** Adds an object; of a list of objects, its members, at any depth. What is no object is reported and left out. */
export function collectObject(into: Collecting, entry: Entry, site: Site, type?: ItemType): void {
  const look = tryLook(into, entry);
  if (look === undefined) {
    reserve(into, site);
    return;
  }
  const apiVersion = look.apiVersion ?? type?.apiVersion;
  const kind = look.kind ?? type?.kind;
  if (look.shape !== 'mapping' || apiVersion === undefined || kind === undefined) {
    reportNoObject(into, entry, { ...look, apiVersion, kind });
    reserve(into, site);
    return;
  }
  if (kind.endsWith('List') && collectMembers(into, entry, look, { apiVersion, kind })) return;
  const isTold = look.apiVersion === undefined || look.kind === undefined;
  const item = new CutItem(into.sites.length, { apiVersion, kind }, entry, isTold);
  into.items.push(into.file === undefined ? item : Object.assign(item, fileOf(into)));
  into.sites.push(site);
}

/** Adds the entries of a list that was opened, and answers the list's position among those of its part. */
export function collectEntries(into: Collecting, list: OpenedList, type?: ItemType): number {
  const number = into.lists.length;
  into.lists.push(list.layout);
  const indexes = list.entries.map((entry, position) => {
    const index = into.sites.length;
    collectObject(into, entry, { kind: 'entry', part: into.part, list: number, entry: position }, type);
    return index;
  });
  for (const [user, owners] of list.uses) {
    const entry = list.entries[user];
    if (entry === undefined) continue;
    into.standIns.push({
      part: into.part,
      list: number,
      entry: user,
      owners: [...owners].map((owner) => indexes[owner] ?? -1),
      print: () => printAlone(entry.node()),
    });
  }
  return number;
}

/** Adds the members of a `kind: List` or a `PodList`; false where the object is none, or cannot be opened as one. */
function collectMembers(into: Collecting, entry: Entry, look: Look, type: ItemType): boolean {
  try {
    if (type.kind !== 'List' && !isListOfObjects(entry)) return false;
    const items = openItems(entry, look.sections);
    if (items.kind === 'wrong') return false;
    if (items.kind === 'missing') return type.kind === 'List';
    const memberKind = type.kind.slice(0, -'List'.length);
    collectEntries(into, items.list, memberKind === '' ? undefined : { ...type, kind: memberKind });
    return true;
  } catch (error) {
    // What is wrong is the problem of whoever reads the whole object.
    problemOf(error, entry.source.text);
    return false;
  }
}

/** The lists of the API have no name and hold nothing but objects; another kind may end in List too. */
function isListOfObjects(entry: Entry): boolean {
  const node = entry.node();
  const items = valueAt(node, 'items');
  const metadata = valueAt(node, 'metadata');
  if (items === undefined || valueAt(node, 'spec') !== undefined) return false;
  if (metadata !== undefined && valueAt(metadata, 'name') !== undefined) return false;
  return childrenOf(items).every((child) => valueAt(child, 'metadata') !== undefined);
}

function tryLook(into: Collecting, entry: Entry): Look | undefined {
  try {
    return lookAt(entry);
  } catch (error) {
    const problem = problemOf(error, entry.source.text);
    into.report({ ...placeOf(into), severity: 'error', ...problem });
    return undefined;
  }
}

/** An item that is left out keeps its number. */
function reserve(into: Collecting, site: Site): void {
  into.sites.push(site);
}

function reportNoObject(into: Collecting, entry: Entry, look: Look): void {
  const missing = [look.apiVersion === undefined ? 'apiVersion' : '', look.kind === undefined ? 'kind' : ''];
  const problem =
    look.shape === 'mapping'
      ? `must have ${missing.filter((key) => key !== '').join(' and ')}`
      : `must be an object with apiVersion and kind, got ${look.shape}`;
  into.report({
    ...placeOf(into),
    severity: 'error',
    ...problemAt(entry.source.text, firstCharacter(entry), 'invalid-item', problem),
  });
}

function firstCharacter({ source, content }: Entry): number {
  const text = source.text.slice(content.start, content.end);
  const comments = /^(?:\s|#[^\r\n]*)*/.exec(text)?.[0].length ?? 0;
  return content.start + (comments < text.length ? comments : 0);
}

function placeOf(into: Collecting): Place & Pick<Problem, 'item'> {
  return { item: into.sites.length, ...fileOf(into) };
}

/** The next item's file, and its position there. */
function fileOf({ file, sites, first }: Collecting): Pick<InputItem, 'file' | 'fileIndex'> {
  return file === undefined ? {} : { file, fileIndex: sites.length - first };
}
