import type { NamespacePlan, Plan, PlanItem, PlannedObject } from '../model/plan.ts';
import { printManifest } from './manifest.ts';

/**
 * A plan as strategic merge patches, one document for each object, with nothing but annotations in them. Comments say
 * where each item was seen; what is not sure is a comment only.
 */
export function printPlanPatches({ namespaces }: Plan): string {
  const documents = namespaces.flatMap(patchesOf);
  return documents.length === 0 ? '# Nothing is left to write.\n' : documents.join('---\n');
}

function patchesOf(plan: NamespacePlan): string[] {
  const maybe = plan.maybe.flatMap(({ on, key, ...item }) => [
    `not sure: ${on} ${key}: ${item.text}`,
    ...whyLines(item),
  ]);
  const unknown = plan.unknown.map(({ what, why }) => `cannot be told: ${what}: ${why}`);
  const remarks = [...maybe, ...unknown];
  const heading = comment([
    plan.name === '' ? 'The namespace that is not written' : `Namespace ${plan.name}`,
    ...remarks,
  ]);
  return plan.objects.map((object, index) => `${index === 0 ? heading : ''}${patchOf(object)}`);
}

function patchOf({ resource, annotations }: PlannedObject): string {
  const { apiVersion, kind, name, namespace } = resource;
  const lines = annotations.flatMap(({ items }) => items.flatMap((item) => [item.text, ...whyLines(item)]));
  const values = Object.fromEntries(annotations.map(({ key, value }) => [key, value]));
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), annotations: values };
  return `${comment(lines)}${printManifest({ apiVersion, kind, metadata })}`;
}

function whyLines({ what, sureness, seen, advice }: PlanItem): string[] {
  const who = what === '' ? [] : [`  for ${what}`];
  return [...who, ...seen.map((place) => `  ${sureness}: ${place}`), ...(advice === undefined ? [] : [`  ${advice}`])];
}

/** Names and values of the input may hold anything; a comment ends with its line. */
function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line.replace(/[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/g, ' ')}\n`).join('');
}
