import type { End } from '../model/end.ts';
import { nearest } from '../model/nearest.ts';
import type { Problem } from '../model/problem.ts';
import type { AddressEnds } from './address-ends.ts';
import type { Asked } from './connection-table.ts';

/** What a user wants to see of a table; undefined: all of it. */
export interface Filters {
  /** Only what has an end in this namespace. */
  readonly within: string | undefined;
  /** Only these sources and destinations: names, `shop/*`, `internet`, `outside`. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Every pair. */
export const EVERYTHING: Asked = { source: () => true, destination: () => true };

/** The pairs of the filters; those of a namespace are two products that do not overlap. undefined after a report. */
export function askedPairs(
  { ends, addresses }: { readonly ends: readonly End[]; readonly addresses: AddressEnds },
  { within, from, to }: Filters,
  problems: Problem[],
): readonly Asked[] | undefined {
  let failed = false;
  const find = (option: string, text: string | undefined): ((end: End) => boolean) => {
    if (text === undefined) return () => true;
    const found = new Set(ends.filter((end) => isCalled(end, text, addresses.isInternet)));
    if (found.size === 0) problems.push(unknownEnd(option, text, ends));
    failed ||= found.size === 0;
    return (end) => found.has(end);
  };
  const source = find('--from', from);
  const destination = find('--to', to);
  const isIn = within === undefined ? undefined : find('--in', `${within}/*`);
  if (failed) return undefined;
  if (isIn === undefined) return from === undefined && to === undefined ? [EVERYTHING] : [{ source, destination }];
  return [
    { source: (end) => isIn(end) && source(end), destination },
    { source: (end) => !isIn(end) && source(end), destination: (end) => isIn(end) && destination(end) },
  ];
}

/** Whether a user asks for this end by its name, rather than for what it connects to. */
export function isAskedFor(end: End, { within, from, to }: Filters, { isInternet }: AddressEnds): boolean {
  const texts = [within === undefined ? undefined : `${within}/*`, from, to].filter((text) => text !== undefined);
  return texts.length === 0 || texts.some((text) => isCalled(end, text, isInternet));
}

/** `shop/web`, `web` of any namespace, `shop/*`, `internet`, `outside`. */
function isCalled(end: End, text: string, isInternet: (end: End) => boolean): boolean {
  if (text === 'internet') return isInternet(end);
  if (text === 'outside') return end.kind === 'addresses';
  if (text.endsWith('/*')) return end.namespace === text.slice(0, -2);
  return end.name === text || (end.namespace !== undefined && end.name === `${end.namespace}/${text}`);
}

function unknownEnd(option: string, text: string, ends: readonly End[]): Problem {
  const places = new Set(ends.flatMap(({ namespace }) => (namespace ? [`${namespace}/*`] : [])));
  const names = ends.flatMap(({ name, namespace }) => [name, namespace ? name.slice(namespace.length + 1) : name]);
  const near = nearest(text, [...names, ...places]);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return {
    code: 'unknown-end',
    severity: 'error',
    message: `${option} must name a workload or namespace of the input, "internet" or "outside", got "${text}"${hint}`,
    got: text,
    ...(near === undefined ? {} : { want: near }),
  };
}
