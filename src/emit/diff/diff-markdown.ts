import type { ReachChange, ReachDiff } from '../../model/reach-diff.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { changedPorts, notesOf, sectionsOf, shortList, titleOf } from './sections.ts';

/** A diff as Markdown, for the comment of a review. Ends with a newline. */
export function printDiffMarkdown(diff: ReachDiff): string {
  const tables = sectionsOf(diff).flatMap(({ heading, changes }) => [
    '',
    `#### ${heading}`,
    '',
    '| Source | Destination | Ports | Because |',
    '| --- | --- | --- | --- |',
    ...changes.map(row),
  ]);
  const notes = notesOf(diff).map(({ head, names }) => `- **${head}**: ${cell(names)}`);
  return `${[`### ${titleOf(diff)}`, ...tables, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n')}\n`;
}

function row(change: ReachChange): string {
  const { sources, destinations, because } = change;
  const reasons = shortList(because).map(escapeMarkdown).join('<br>');
  return `| ${[cell(sources), cell(destinations), escapeMarkdown(changedPorts(change)), reasons].join(' | ')} |`;
}

function cell(names: readonly string[]): string {
  return shortList(names).map(escapeMarkdown).join(', ');
}
