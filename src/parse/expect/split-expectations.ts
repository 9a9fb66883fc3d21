/** One line of what is expected, told apart but not read: `web -> cart:7070`. */
export interface WrittenExpectation {
  readonly text: string;
  readonly source: string;
  readonly destination: string;
  readonly wants: 'allowed' | 'denied';
}

/** A text that is no expectation, and what it must be. */
export interface ExpectationFault {
  readonly text: string;
  readonly must: string;
}

export type SplitExpectation = WrittenExpectation | ExpectationFault;

const ARROW = /^(?<source>.*?)\s*(?<arrow>-x>|->)\s*(?<destination>.*)$/;

const MUST = 'must be "SOURCE -> DESTINATION:PORT" for what must connect, or "-x>" for what must not';

/** Splits lines, or items with commas between them; comments run from " #" to the end of the line. */
export function splitArrows(text: string): readonly SplitExpectation[] {
  return text
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, ''))
    .flatMap((line) => line.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(splitArrow);
}

function splitArrow(text: string): SplitExpectation {
  const { source, arrow, destination } = ARROW.exec(text)?.groups ?? {};
  if (source === undefined || destination === undefined) return { text, must: MUST };
  if (ARROW.test(destination)) return { text, must: `${MUST}, one a line` };
  return { text, source, destination, wants: arrow === '->' ? 'allowed' : 'denied' };
}

const COLUMNS = ['source', 'destination', 'port', 'expected'] as const;

type Column = (typeof COLUMNS)[number];

const WORDS: ReadonlyMap<string, WrittenExpectation['wants']> = new Map([
  ['allow', 'allowed'],
  ['allowed', 'allowed'],
  ['yes', 'allowed'],
  ['deny', 'denied'],
  ['denied', 'denied'],
  ['no', 'denied'],
]);

/** Whether a text is a Markdown table. */
export function isTable(text: string): boolean {
  return /^\s*\|/.test(text);
}

/** Reads a Markdown table with the columns Source, Destination, Port (which may be missing) and Expected, in any order. */
export function splitTable(text: string): readonly SplitExpectation[] {
  const [head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const columns = cellsOf(head).map((cell) => cell.toLowerCase());
  const missing = COLUMNS.filter((column) => column !== 'port' && !columns.includes(column));
  if (missing.length > 0) {
    return [
      {
        text: head.trim(),
        must: `must have the columns Source, Destination, Port and Expected, not lack ${missing.join(' and ')}`,
      },
    ];
  }
  return lines
    .filter((line) => !/^[\s|:-]+$/.test(line))
    .map((line) => {
      const cells = cellsOf(line);
      return splitRow(line.trim(), (column) => cells[columns.indexOf(column)] ?? '');
    });
}

function splitRow(text: string, cell: (column: Column) => string): SplitExpectation {
  const wants = WORDS.get(cell('expected').toLowerCase());
  if (wants === undefined) return { text, must: 'must say "Allow" or "Deny" under Expected' };
  const port = cell('port');
  const destination = port === '' || port === '*' ? cell('destination') : `${cell('destination')}:${portTerms(port)}`;
  const source = cell('source');
  if (source === '' || cell('destination') === '') return { text, must: 'must have a source and a destination' };
  return { text: `${source} ${wants === 'allowed' ? '->' : '-x>'} ${destination}`, source, destination, wants };
}

/** `5432, 53/udp` as a list writes it: `5432+53/udp`. */
function portTerms(cell: string): string {
  return cell
    .split(/[\s,]+/)
    .filter((term) => term !== '')
    .map((term) => term.toLowerCase().replace(/\/tcp$/, ''))
    .join('+');
}

/** Cells without the bars around them, and without the marks of code that people put around names. */
function cellsOf(line: string): readonly string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split('|').map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
}
