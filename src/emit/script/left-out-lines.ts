import type { LeftOut } from '../../model/probe.ts';
import { visible } from '../visible.ts';

/** More names than this are counted. */
const MOST_NAMES = 6;

/** What is not tried, as comments of a shell script or of YAML. */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { what, why } of leftOut) byReason.set(why, [...(byReason.get(why) ?? []), what]);
  return [
    '#',
    '# Not tried: what the policies decide like something that is; addresses outside the cluster.',
    ...[...byReason].map(([why, names]) => `# Not tried, ${why}: ${visible(listed(names))}`),
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
