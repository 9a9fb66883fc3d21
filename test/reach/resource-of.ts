import type { Resource, StringMap } from '../../src/model/resource.ts';

/** What an object is called, as far as the reader of policies asks. */
export function resourceOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name: string; readonly namespace?: string; readonly labels?: StringMap };
}): Resource {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata?.name ?? '',
    generateName: false,
    namespace: object.metadata?.namespace,
    previousNames: [],
    previousNamespaces: [],
    prefixes: [],
    suffixes: [],
    labels: object.metadata?.labels ?? {},
    annotations: {},
    source: { item: 0 },
  };
}
