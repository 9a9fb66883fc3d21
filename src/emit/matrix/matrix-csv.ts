import type { MatrixView } from '../../model/matrix-view.ts';
import { portWords } from '../port-text.ts';

/**
 * A matrix as comma-separated values (RFC 4180, but with plain newlines): one line for each row, names and ports inside
 * a cell with spaces between them.
 */
export function printMatrixCsv({ rows, detail }: MatrixView): string {
  const isCounted = detail === 'namespaces';
  const header = ['Source', 'Destination', 'Ports', ...(isCounted ? ['Open pairs', 'Pairs'] : [])];
  const lines = rows.map(({ sources, destinations, ports, pairs }) => [
    sources.join('; '),
    destinations.join('; '),
    portWords(ports).join(' '),
    ...(pairs === undefined ? [] : [`${pairs.open}`, `${pairs.of}`]),
  ]);
  return [header, ...lines].map((cells) => `${cells.map(quote).join(',')}\n`).join('');
}

/** A leading "=" and its like would be a formula to a spreadsheet; no name begins so but one from a hostile label. */
function quote(cell: string): string {
  const plain = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
