import type { GuardRail } from '../../model/cluster-wide-plan.ts';
import { pagesOf } from '../pages.ts';

/** As many rules as a ClusterNetworkPolicy holds in one direction, and as many peers and ports as a rule. */
const MOST = 25;

/** Rules of one subject that one object can hold. */
export interface RailObject {
  readonly subject: GuardRail['subject'];
  readonly Ingress: readonly GuardRail[];
  readonly Egress: readonly GuardRail[];
}

/**
 * Rules as objects whose priorities follow each other. The first rule that matches decides, across objects too, so
 * nothing changes where one goes on in the next.
 */
export function railObjects(rails: readonly GuardRail[]): readonly RailObject[] {
  const objects: (RailObject & Record<GuardRail['direction'], GuardRail[]>)[] = [];
  for (const rail of rails.flatMap(inPages)) {
    const last = objects.at(-1);
    const fits = last !== undefined && isSame(last.subject, rail.subject) && last[rail.direction].length < MOST;
    if (fits) last[rail.direction].push(rail);
    else objects.push({ subject: rail.subject, Ingress: [], Egress: [], [rail.direction]: [rail] });
  }
  return objects;
}

/** A rule with more peers or ports than one may have, as several that do the same. */
function inPages(rail: GuardRail): readonly GuardRail[] {
  const { peers, ports } = rail;
  const pages = ports === 'all' ? (['all'] as const) : pagesOf(ports, MOST);
  return pagesOf(peers, MOST).flatMap((some) => pages.map((page) => ({ ...rail, peers: some, ports: page })));
}

function isSame(one: GuardRail['subject'], other: GuardRail['subject']): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
