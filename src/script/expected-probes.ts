import { askedPorts } from '../explain/asked-ports.ts';
import type { Side } from '../explain/side.ts';
import { sidesOfExpectation } from '../explain/sides-of-expectation.ts';
import type { End } from '../model/end.ts';
import type { Expectation } from '../model/expectation.ts';
import type { LeftOut, Probe } from '../model/probe.ts';
import type { Problem } from '../model/problem.ts';
import type { Observed } from '../observe.ts';
import { canTry, onePorts, portsToTry } from './points.ts';
import { clientOf, ofKinds, targetOf, type Unfit } from './probe-ends.ts';

/** An expectation that names sets is tried between so many of their ends on each side. */
const MOST_ENDS = 5;

/** What is tried because somebody expects it, and what of that cannot be. */
export interface Expected {
  readonly probes: readonly Probe[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The connections that expectations are about. A name that is not in the input is an error where the config says it; an
 * object of a finished build may say the names of its base, so there it is left out.
 */
export function expectedProbes(
  expectations: readonly Expectation[],
  observed: Observed,
  kinds: readonly string[] | undefined,
  problems: Problem[],
): Expected {
  const found = expectations.map((expectation) => probesOf(expectation, observed, kinds, problems));
  return { probes: found.flatMap(({ probes }) => probes), leftOut: found.flatMap(({ leftOut }) => leftOut) };
}

function probesOf(
  expectation: Expectation,
  observed: Observed,
  kinds: readonly string[] | undefined,
  problems: Problem[],
): Expected {
  const { text, subject, place } = expectation;
  const own: Problem[] = [];
  const sides = sidesOfExpectation(expectation, observed, own);
  const tried = sides && pairsOf(sides, expectation.wants, { observed, kinds, problems: own });
  if (tried !== undefined && own.length === 0) return tried.length > 0 ? { probes: tried, leftOut: [] } : none(text);
  if (subject === undefined) {
    problems.push(...own.map((one) => ({ ...one, ...place, message: `${one.message} (in "${text}")`, got: text })));
  }
  return { probes: [], leftOut: [{ what: text, why: 'an expectation with a name that is not in the input' }] };
}

function none(text: string): Expected {
  return { probes: [], leftOut: [{ what: text, why: 'an expectation whose ends or ports cannot be tried' }] };
}

interface Looking {
  readonly observed: Observed;
  readonly kinds: readonly string[] | undefined;
  readonly problems: Problem[];
}

function pairsOf(
  { source, destination }: { readonly source: Side; readonly destination: Side },
  wants: Probe['wants'],
  { observed, kinds, problems }: Looking,
): readonly Probe[] {
  const clients = fitting(source.ends, ofKinds(kinds, clientOf)).map(({ fit }) => fit);
  return fitting(destination.ends, ofKinds(kinds, targetOf)).flatMap(({ end, fit: target }) => {
    const asked = askedPorts(destination, end, observed, problems);
    const ports = (asked === undefined ? portsToTry(end, [], observed) : onePorts(asked)).filter(canTry);
    return clients.flatMap((client) => ports.map(({ protocol, port }) => ({ client, target, protocol, port, wants })));
  });
}

function fitting<Fit extends object>(
  ends: readonly End[],
  fitOf: (end: End) => Fit | Unfit,
): readonly { readonly end: End; readonly fit: Fit }[] {
  return ends
    .flatMap((end) => {
      const fit = fitOf(end);
      return 'why' in fit ? [] : [{ end, fit }];
    })
    .slice(0, MOST_ENDS);
}
