import type { NamespacePlan, Plan, PlanItem } from '../model/plan.ts';
import type { Resource } from '../model/resource.ts';

/** A plan as data for other programs. */
export function printPlanJson({ namespaces }: Plan): string {
  return `${JSON.stringify({ namespaces: namespaces.map(namespaceOf) }, undefined, 2)}\n`;
}

function namespaceOf(plan: NamespacePlan): object {
  return {
    namespace: plan.name,
    connections: plan.connections,
    withOthers: plan.crossings,
    closes: plan.closes.map(({ resource, directions }) => ({ ...reference(resource), directions })),
    write: plan.objects.map(({ resource, annotations }) => ({
      ...reference(resource),
      annotations: annotations.map(({ key, value, items }) => ({ key, value, items: items.map(itemOf) })),
    })),
    notSure: plan.maybe.map(({ on, key, ...item }) => ({ on, key, ...itemOf(item) })),
    kept: plan.kept,
    unknown: plan.unknown,
  };
}

function itemOf({ text, what, sureness, seen, advice }: PlanItem): object {
  return {
    item: text,
    ...(what === '' ? {} : { for: what }),
    sureness,
    seen,
    ...(advice === undefined ? {} : { advice }),
  };
}

function reference({ apiVersion, kind, name, namespace }: Resource): object {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
