import type { Manifest, NewObject } from '../model/input.ts';
import type { Part, ResourceListLayout } from '../model/layout.ts';
import type { Problem } from '../model/problem.ts';
import type { Edit } from './edit.ts';
import { type Appended, editLists } from './edit-list.ts';
import { closeOf } from './flow.ts';
import { printEntry } from './manifest.ts';
import { inNewline } from './newline.ts';
import { resultOf } from './results.ts';
import type { Rewrites } from './rewrite.ts';

/** The edits of a ResourceList: its items, and `results` in place of its own. */
export function editResourceList(
  part: Part,
  layout: ResourceListLayout,
  rewrites: Rewrites,
  append: readonly NewObject[],
  problems: readonly Problem[],
): Edit[] {
  const appended: Appended | undefined =
    layout.items === undefined ? undefined : { list: layout.items, objects: append };
  const keys: [string, readonly Manifest[]][] = [];
  if (appended === undefined && append.length > 0) keys.push(['items', append.map(({ manifest }) => manifest)]);
  if (problems.length > 0) keys.push(['results', problems.map(resultOf)]);
  return [...editLists(part, rewrites, appended), ...editKeys(part, layout, keys)];
}

/** Takes the input's results out, and writes new keys at the end of the ResourceList. */
function editKeys(
  part: Part,
  { results, end }: ResourceListLayout,
  keys: readonly [string, readonly Manifest[]][],
): Edit[] {
  if (end.kind === 'flow') return closeOf(part.text, results, end.at, keys);
  const cut: Edit[] = results === undefined ? [] : [{ ...results, text: '' }];
  const indent = ' '.repeat(end.column);
  const text = keys
    .map(([key, values]) => `${indent}${key}:\n${values.map((value) => printEntry(value, end.column)).join('')}`)
    .join('');
  return text === '' ? cut : [...cut, { start: end.at, end: end.at, text: inNewline(part, text) }];
}
