import type { Changes, Input, Manifest } from '../model/input.ts';
import type { Site } from '../model/layout.ts';

/** What stands in an item's place: nothing, an object of Postern's, or the same object as YAML of its own. */
export type Rewrite =
  | { readonly kind: 'remove' }
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'text'; readonly text: string };

/** The rewrites of one part: of its documents, and of the entries of each of its lists by their position. */
export interface Rewrites {
  readonly documents: readonly { readonly site: DocumentSite; readonly rewrite: Rewrite }[];
  readonly entries: ReadonlyMap<number, ReadonlyMap<number, Rewrite>>;
}

export type DocumentSite = Extract<Site, { kind: 'document' }>;

/** Sorts changes by the part and list they happen in. An item that uses an anchor of a changed one is rewritten too. */
export function rewritesOf({ layout }: Input, changes: Changes, part: number): Rewrites {
  const documents: { site: DocumentSite; rewrite: Rewrite }[] = [];
  const entries = new Map<number, Map<number, Rewrite>>();
  const put = (list: number, entry: number, rewrite: Rewrite): void => {
    entries.set(list, (entries.get(list) ?? new Map<number, Rewrite>()).set(entry, rewrite));
  };
  for (const standIn of layout.standIns) {
    const isNeeded = standIn.owners.some((owner) => changes.remove.has(owner) || changes.replace.has(owner));
    if (standIn.part === part && isNeeded) put(standIn.list, standIn.entry, { kind: 'text', text: standIn.print() });
  }
  for (const [index, rewrite] of rewritesByIndex(changes)) {
    const site = layout.sites[index];
    if (site?.part !== part) continue;
    if (site.kind === 'document') documents.push({ site, rewrite });
    else put(site.list, site.entry, rewrite);
  }
  return { documents, entries };
}

function rewritesByIndex({ replace, remove }: Changes): Map<number, Rewrite> {
  const rewrites = new Map<number, Rewrite>();
  for (const [index, manifest] of replace) rewrites.set(index, { kind: 'manifest', manifest });
  for (const index of remove) rewrites.set(index, { kind: 'remove' });
  return rewrites;
}
