import type { Item } from '../../model/declaration.ts';
import type { Expectation } from '../../model/expectation.ts';
import type { Place, Problem, Report } from '../../model/problem.ts';
import type { Resource } from '../../model/resource.ts';
import { readSide } from '../grammar/parse-side.ts';
import { isTable, type SplitExpectation, splitArrows, splitTable } from './split-expectations.ts';

/**
 * Reads what an annotation or a field of the config expects: lines with arrows, or a Markdown table. `subject` is the
 * object that says it, which a side that is left out means.
 */
export function readExpectations(
  text: string,
  {
    subject,
    place,
    report,
  }: { readonly subject: Resource | undefined; readonly place: Place; readonly report: Report },
): readonly Expectation[] {
  const split = isTable(text) ? splitTable(text) : splitArrows(text);
  if (split.length === 0) report(fault(place, '', 'must name what is expected, such as "web -> cart"'));
  return split.flatMap((one) => readOne(one, subject, place, report) ?? []);
}

function readOne(
  one: SplitExpectation,
  subject: Resource | undefined,
  place: Place,
  report: Report,
): Expectation | undefined {
  if ('must' in one) {
    report(fault(place, one.text, one.must));
    return undefined;
  }
  const { text, wants } = one;
  const isBare = one.source === '' || one.destination === '' || one.destination.startsWith(':');
  if (isBare && subject === undefined) {
    report(fault(place, text, 'must have a source and a destination, since the config is no object'));
    return undefined;
  }
  if (one.source === '' && (one.destination === '' || one.destination.startsWith(':'))) {
    report(fault(place, text, 'must name the other side'));
    return undefined;
  }
  const problems: Problem[] = [];
  const source = one.source === '' ? undefined : readSide(one.source, problems);
  const own = one.destination.startsWith(':');
  const destination =
    one.destination === '' ? undefined : readSide(own ? `self${one.destination}` : one.destination, problems);
  if (source?.ports !== undefined) problems.push(fault(place, text, 'must not have ports at the source'));
  for (const problem of problems) report({ ...problem, ...place, got: text });
  if (problems.length > 0) return undefined;
  const ports: Item['ports'] = own ? destination?.ports : undefined;
  return { text, wants, source, destination: own ? undefined : destination, ports, subject, place };
}

function fault(place: Place, got: string, must: string): Problem {
  return { ...place, code: 'invalid-expectation', severity: 'error', message: `${must}, got "${got}"`, got };
}
