import type { PortTerm, RequestLine } from '../../model/declaration.ts';
import type { Fault, OnFault, Token } from './fault.ts';
import { type GrammarError, locateFaults } from './grammar-error.ts';
import { parseMethod } from './parse-method.ts';
import { parsePath } from './parse-path.ts';

/**
 * Reads what callers may request, a line each: `GET /api/documents`, `8080: POST|PUT /api/.*`, `GET`. Answers the lines
 * in their order (never none of them), or every error that can be told apart.
 */
export function parseRequests(text: string): { readonly lines: RequestLine[] } | { readonly errors: GrammarError[] } {
  const faults: Fault[] = [];
  const written = linesOf(text);
  const lines = written.flatMap((line) => parseLine(line, (fault) => void faults.push(fault)) ?? []);
  if (written.length === 0) faults.push(noRequests(text));
  return faults.length === 0 ? { lines } : { errors: locateFaults(text, faults) };
}

/** The words of each line that has some, without comments. */
function linesOf(text: string): Token[][] {
  const lines = Array.from(text.matchAll(/[^\r\n]+/g), ({ 0: line, index }) => ({ line, index }));
  return lines
    .map(({ line, index }) => {
      const said = line.replace(/(^|\s)#.*$/, '');
      return Array.from(said.matchAll(/\S+/g), (word) => ({ text: word[0], offset: index + word.index }));
    })
    .filter((words) => words.length > 0);
}

function noRequests(text: string): Fault {
  return {
    code: 'invalid-request',
    at: 0,
    must: 'must say a method and a path, as in "GET /api"',
    got: text.trim(),
    advice: 'where callers may request everything, leave it out',
  };
}

function parseLine(words: readonly Token[], onFault: OnFault): RequestLine | undefined {
  const [first] = words;
  const port = first === undefined ? undefined : portOf(first);
  const [method, path, more] = port === undefined ? words : words.slice(1);
  if (first !== undefined && port === undefined && first.text.endsWith(':')) {
    onFault(wrong(first, 'must be one TCP port before ":", its number or its name, as in "8080: GET /api"', ONE_PORT));
    return undefined;
  }
  if (first === undefined || method === undefined) {
    onFault(wrong(first ?? { text: '', offset: 0 }, 'must say a method after the port, as in "8080: GET /api"'));
    return undefined;
  }
  if (more !== undefined) {
    onFault(
      wrong(more, 'must have each request on a line of its own', 'in YAML, begin the text with "|" and a new line'),
    );
    return undefined;
  }
  const read = { method: parseMethod(method, onFault), path: path && parsePath(path, onFault) };
  if (read.method === 'wrong' || read.path === 'wrong') return undefined;
  const request = { method: read.method, path: read.path };
  return { text: words.map(({ text }) => text).join(' '), port, request };
}

const ONE_PORT = 'requests come by TCP; write a line for each port';

function wrong({ text, offset }: Token, must: string, advice?: string): Fault {
  return { code: 'invalid-request', at: offset, must, got: text, ...(advice === undefined ? {} : { advice }) };
}

/** `8080:` or `http:`. */
function portOf({ text }: Token): PortTerm | undefined {
  const written = /^([1-9][0-9]{0,4}|[a-z0-9]([-a-z0-9]*[a-z0-9])?):$/.exec(text)?.[1];
  if (written === undefined) return undefined;
  const port = Number(written);
  // The name of a port has a letter; `8000-8100` is a range.
  if (Number.isNaN(port)) return /[a-z]/.test(written) ? { kind: 'name', name: written, protocol: 'TCP' } : undefined;
  return port > 65535 ? undefined : { kind: 'range', port, endPort: port, protocol: 'TCP' };
}
