import { groupKindOf } from '../../src/model/group-kind.ts';
import { WRITTEN_KINDS } from '../../src/model/written-kinds.ts';
import { parseItem, type SplitText, toDocument } from './split-items.ts';

interface Marked {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, unknown>>;
  };
}

/** Whether an item is a policy that Postern wrote: it carries the mark. */
export function isGenerated(item: string): boolean {
  if (!item.includes('postern.dev/generated')) return false;
  const { apiVersion = '', kind = '', metadata } = parseItem(item) as Marked;
  const isWritten = WRITTEN_KINDS.has(groupKindOf({ apiVersion, kind }));
  return isWritten && metadata?.annotations?.['postern.dev/generated'] !== undefined;
}

/** Items that are not Postern's, as they stand. */
export function foreignItems({ items }: SplitText): readonly string[] {
  return items.filter((item) => !isGenerated(item)).map((item) => item.trimEnd());
}

/** What expected.yaml holds: the generated policies as a stream, and the names of those that a run took away. */
export function describeGenerated(input: SplitText, output: SplitText): string {
  const policies = output.items.filter(isGenerated);
  const kept = new Set(policies.map(nameOf));
  const removed = input.items
    .filter(isGenerated)
    .map(nameOf)
    .filter((name) => !kept.has(name));
  const documents = policies.map((item) => `${toDocument(item).trimEnd()}\n`).join('---\n');
  return documents + removed.map((name) => `# removed: ${name}\n`).join('');
}

function nameOf(item: string): string {
  const { apiVersion = '', kind = '', metadata } = parseItem(item) as Marked;
  const groupKind = groupKindOf({ apiVersion, kind });
  const type = groupKind === 'networking.k8s.io/NetworkPolicy' ? '' : `${groupKind} `;
  return `${type}${metadata?.namespace ?? ''}/${metadata?.name}`;
}
