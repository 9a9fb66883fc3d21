import { MARK, PROVENANCE, SYNC_WAVE } from '../model/mark.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import type { RenderContext } from './renderer.ts';

/** Annotations hold 256 KiB in all; provenance is for people, who read less. */
const PROVENANCE_BYTES = 8 * 1024;

/** What the marks of an object say of it. */
export type Marked = Pick<PlannedPolicy, 'kind' | 'origins'> & { readonly policy: { readonly namespace: string } };

/** The annotations of a generated policy, in the order in which they are written. */
export function marks(planned: Marked, name: string, context: RenderContext): Record<string, string> {
  const provenance = provenanceOf(planned.origins);
  const written: Record<string, string> = {};
  if (context.config.syncWaves) written[SYNC_WAVE] = String(waveOf(planned, context));
  if (provenance !== '') written[PROVENANCE] = provenance;
  written[MARK] = `${context.config.owner}/${name}`;
  return written;
}

/** What was declared, a line each, as many lines as fit. */
function provenanceOf(origins: readonly string[]): string {
  // Three bytes are the most that one UTF-16 unit takes.
  const most = origins.reduce((length, origin) => length + origin.length * 3 + 1, 0);
  if (most <= PROVENANCE_BYTES - 32) return origins.join('\n');
  const lines: string[] = [];
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const origin of origins) {
    bytes += encoder.encode(origin).length + 1;
    if (bytes > PROVENANCE_BYTES - 32) return [...lines, `and ${origins.length - lines.length} more`].join('\n');
    lines.push(origin);
  }
  return lines.join('\n');
}

/** Argo CD applies lower waves first: what allows comes before what denies, and nothing before its Namespace. */
function waveOf({ kind, policy }: Marked, { namespaces }: RenderContext): number {
  const wave = Number(namespaces.get(policy.namespace)?.annotations[SYNC_WAVE] ?? 0);
  const base = Number.isInteger(wave) ? wave : 0;
  return kind === 'deny' ? base + 1 : base;
}
