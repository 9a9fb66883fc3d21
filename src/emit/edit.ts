/** One change of a text: what stands between two offsets is replaced. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap; those at one offset in the order given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return editedPieces(text, edits).join('');
}

/** The same in pieces that follow each other: what is kept of a large text is not copied. */
export function editedPieces(text: string, edits: readonly Edit[]): string[] {
  const ordered = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  const written: string[] = [];
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.start < at) throw new Error(`edits overlap at ${edit.start}`);
    written.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  written.push(text.slice(at));
  return written;
}
