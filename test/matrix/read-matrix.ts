import assert from 'node:assert/strict';
import { type MatrixChoice, matrix } from '../../src/matrix.ts';
import type { PortRange, PortSet, Protocol } from '../../src/model/port.ts';
import { portSet } from '../../src/policy/port-set.ts';

/** What the matrix of an input says, in its JSON. */
export interface ReadMatrix {
  readonly ends: readonly { readonly name: string; readonly kind: string; readonly isolated: readonly string[] }[];
  /** By `SOURCE -> DESTINATION`; what is closed is missing. */
  readonly open: ReadonlyMap<string, PortSet>;
  readonly namespaces: readonly {
    readonly openPairs: number;
    readonly each: boolean;
    readonly sources: readonly string[];
    readonly destinations: readonly string[];
  }[];
}

/** Runs `postern matrix` on a text and reads what it printed; a pair that is told twice is a failure. */
export function readMatrix(input: string, choice: Partial<MatrixChoice> = {}): ReadMatrix {
  const { text, problems } = matrix({ input }, { ...CHOICE, ...choice });
  assert.deepEqual(problems, []);
  const { ends, connections, namespaces = [] } = JSON.parse(text);
  const open = new Map<string, PortSet>();
  for (const { sources, destinations, ports } of connections) {
    for (const source of sources) {
      for (const destination of destinations) {
        const pair = `${source} -> ${destination}`;
        assert.ok(!open.has(pair), `${pair} is told twice`);
        open.set(pair, readPorts(ports));
      }
    }
  }
  return { ends, open, namespaces };
}

const CHOICE: MatrixChoice = {
  format: 'json',
  detail: 'merged',
  within: undefined,
  from: undefined,
  to: undefined,
  terminal: { width: 100, isColoured: false },
};

function readPorts(words: readonly string[]): PortSet {
  return words.includes('*') ? 'all' : portSet(words.map(readPort));
}

function readPort(word: string): PortRange {
  const [numbers = '', protocol = ''] = word.split('/');
  const [first, last = first] = numbers === '*' ? ['1', '65535'] : numbers.split('-');
  return { protocol: protocol.toUpperCase() as Protocol, port: Number(first), endPort: Number(last) };
}
