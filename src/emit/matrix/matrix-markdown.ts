import type { MatrixView } from '../../model/matrix-view.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { type Note, sheetOf } from './sheet.ts';

/** A matrix as a Markdown table with its notes, for a page or a review comment. Ends with a newline. */
export function printMatrixMarkdown(view: MatrixView): string {
  const { title, header, rows, notes } = sheetOf(view);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    line(header),
    line(header.map(() => '---')),
    ...rows.map((cells) => line(cells.map((words) => words.map(escapeMarkdown).join(', ')))),
  ];
  return `${[`${escapeMarkdown(title)}`, '', ...(rows.length === 0 ? ['Nothing may connect.'] : table), '', ...notes.map(noteLine)].join('\n')}\n`;
}

function noteLine({ head, text }: Note): string {
  return head === '' ? `- ${escapeMarkdown(text)}` : `- **${escapeMarkdown(head)}**: ${escapeMarkdown(text)}`;
}
