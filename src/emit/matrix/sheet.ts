import type { MatrixRow, MatrixView } from '../../model/matrix-view.ts';
import { portText } from '../port-text.ts';

/** A matrix as words: what a terminal and Markdown both show. */
export interface Sheet {
  readonly title: string;
  readonly header: readonly string[];
  /** Cells, each a list of words that may be broken between. */
  readonly rows: readonly (readonly (readonly string[])[])[];
  /** Rows that open every port. */
  readonly wide: ReadonlySet<number>;
  readonly notes: readonly Note[];
}

/** A line below the table: what a word means, or what else there is to know. */
export interface Note {
  readonly head: string;
  readonly text: string;
}

/** Longer lists get a number, and stand below the table once. */
const LONGEST = 6;

/** More ports of two namespaces are not listed. */
const MOST_PORTS = 8;

/** Lays a matrix out. */
export function sheetOf(view: MatrixView): Sheet {
  const numbers = new Map<string, number>();
  const cell = (names: readonly string[]): readonly string[] => {
    if (names.length <= LONGEST) return names;
    const key = names.join(', ');
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return [`[${number}] ${names.length} of them`];
  };
  const isCounted = view.detail === 'namespaces';
  const rows = view.rows.map((row) => [
    cell(row.sources),
    cell(row.destinations),
    portCell(row),
    ...(row.pairs === undefined ? [] : [[countText(row.pairs)]]),
  ]);
  return {
    title: titleOf(view),
    header: ['Source', 'Destination', 'Ports', ...(isCounted ? ['Pairs'] : [])],
    rows,
    wide: new Set(view.rows.flatMap(({ ports }, index) => (ports === 'all' ? [index] : []))),
    notes: [
      ...(view.rows.length === 0 ? [] : [{ head: '', text: CLOSED[view.detail] }]),
      ...[...numbers].map(([names, number]) => ({ head: `[${number}]`, text: names })),
      ...view.legend.map(({ word, means }) => ({ head: word, text: means })),
      ...openNotes(view),
    ],
  };
}

const CLOSED: Readonly<Record<MatrixView['detail'], string>> = {
  merged: 'What is not listed is closed. What has the same connections is on one line; --all gives every pair its own.',
  pairs: 'What is not listed is closed.',
  namespaces:
    'One line for each pair of namespaces with an open connection, and how many pairs of their workloads have one; what is not listed ' +
    'is closed. --in NAMESPACE shows the workloads of one, --detail merged all of them, --all every pair.',
};

function titleOf({ policies, ends }: MatrixView): string {
  const number = (kind: string): number => ends.filter((end) => end.kind === kind).length;
  const workloads = number('workload') + number('host');
  const absent = number('absent');
  const beside = absent === 0 ? '' : `, and ${count(absent, 'set')} of pods that are not in the input`;
  return `Who may connect to whom: ${count(workloads, 'workload')}${beside}, under ${policies.map((one) => count(one.count, one.kind)).join(' and ')}`;
}

function count(number: number, noun: string): string {
  const many = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return number === 1 ? `1 ${noun}` : `${number} ${many}`;
}

function portCell({ ports, pairs }: MatrixRow): readonly string[] {
  const words = portText(ports).split(', ');
  if (pairs === undefined || words.length <= MOST_PORTS) return words;
  return [...words.slice(0, MOST_PORTS), `${words.length - MOST_PORTS} more`];
}

function countText({ open, of, isEach }: NonNullable<MatrixRow['pairs']>): string {
  return open === of ? `all ${of}` : `${open} of ${of}${isEach ? ' each' : ''}`;
}

function openNotes({ open, ends }: MatrixView): readonly Note[] {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['Not isolated', open.both],
    ['Not isolated for ingress', open.ingress],
    ['Not isolated for egress', open.egress],
    ['On the network of their node', open.host],
  ];
  const notes = lines.flatMap(([head, names]) => (names.length === 0 ? [] : [{ head, text: names.join(', ') }]));
  return notes.length > 0 || !ends.some(({ kind }) => kind === 'workload')
    ? notes
    : [{ head: '', text: 'Every workload is isolated for ingress and egress.' }];
}
