import { load } from 'js-yaml';

/** Annotations to add, by `namespace/Kind/name`; a Namespace's own is `/Namespace/name`. Names without the prefix. */
export type Additions = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

const PREFIX = 'postern.dev/';

/**
 * Writes annotations into a stream as a user would with an editor: lines are added, and not a byte of the others
 * changes. Objects must be in block style, one a document.
 */
export function writeAnnotations(text: string, additions: Additions): string {
  const kinds = new Set([...additions.keys()].map((id) => id.split('/')[1]));
  const left = new Set(additions.keys());
  const documents = splitDocuments(text).map((document) => {
    const [, kind] = /^kind: *["']?(\w+)/m.exec(document) ?? [];
    if (!kinds.has(kind)) return document;
    const id = idOf(document);
    const added = additions.get(id);
    if (added === undefined) return document;
    left.delete(id);
    return insert(document, added);
  });
  if (left.size > 0) throw new Error(`The input has no document for ${[...left].join(', ')}`);
  return documents.join('');
}

/** Documents with their markers: joined they are the text again. */
export function splitDocuments(text: string): readonly string[] {
  return text.split(/^(?=---(?:[ \t\r]|$))/m);
}

function idOf(document: string): string {
  const { kind, metadata } = load(document.replace(/^---.*$/m, '')) as {
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  return `${kind === 'Namespace' ? '' : (metadata.namespace ?? 'default')}/${kind}/${metadata.name}`;
}

function insert(document: string, added: Readonly<Record<string, readonly string[]>>): string {
  const lines = document.split('\n');
  const metadata = lines.findIndex((line) => /^metadata:\s*(?:#.*)?$/.test(line));
  const child = lines.findIndex((line, index) => index > metadata && /^ +[^ #]/.test(line));
  const indent = /^ */.exec(lines[child] ?? '')?.[0] ?? '  ';
  const end = lines.findIndex((line, index) => index > metadata && /^[^ #\r]/.test(line));
  const annotations = lines.findIndex(
    (line, index) => index > metadata && (end < 0 || index < end) && line.startsWith(`${indent}annotations:`),
  );
  const inner = annotations < 0 ? `${indent}  ` : (/^ */.exec(lines[annotations + 1] ?? '')?.[0] ?? `${indent}  `);
  const written = Object.entries(added).flatMap(([key, items]) => writeAnnotation(inner, key, items));
  if (annotations >= 0) lines.splice(annotations + 1, 0, ...written);
  else lines.splice(metadata + 1, 0, `${indent}annotations:`, ...written);
  return lines.join('\n');
}

/** Long lists have an item a line, short ones are plain scalars where YAML lets them be. */
function writeAnnotation(indent: string, key: string, items: readonly string[]): readonly string[] {
  const name = `${indent}${PREFIX}${key}:`;
  if (items.length > 3) return [`${name} |`, ...items.map((item) => `${indent}  ${item}`)];
  const value = items.join(', ');
  return [`${name} ${/^[*&!|>'"%@`{}[\],?#-]|: | #/.test(value) ? JSON.stringify(value) : value}`];
}
