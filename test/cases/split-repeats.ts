import { splitDocuments } from './write-annotations.ts';

/**
 * Pieces of a stream in which no object is twice. Folders of examples use one name again and again: nobody could apply
 * them at once either.
 */
export function splitRepeats(text: string): readonly string[] {
  const pieces: string[][] = [[]];
  const seen = new Set<string>();
  for (const document of splitDocuments(text)) {
    const name = nameOf(document);
    if (seen.has(name)) {
      pieces.push([]);
      seen.clear();
    }
    seen.add(name);
    pieces.at(-1)?.push(document);
  }
  return pieces.map((piece) => piece.join(''));
}

/** Close enough: the first kind and the first name of a document, and its place where it has neither. */
function nameOf(document: string): string {
  const [, kind] = /^kind: *(\S+)/m.exec(document) ?? [];
  const [, name] = /^ +name: *(\S+)/m.exec(document) ?? [];
  return kind === undefined || name === undefined ? document : `${kind}/${name}`;
}
