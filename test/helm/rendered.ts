import { loadAll } from 'js-yaml';

/** An object of a rendered chart, as far as these tests look into it. */
export interface Rendered {
  readonly kind: string;
  readonly items?: readonly Rendered[];
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** The objects of what Helm printed, those of Lists one by one: Helm 4 takes Lists apart for a post-renderer. */
export function objectsOf(text: string): Rendered[] {
  const documents = loadAll(text) as readonly (Rendered | undefined)[];
  return documents.flatMap((object) => (object?.kind === 'List' ? (object.items ?? []) : (object ?? [])));
}

/** Those that are no policies, in an order that does not depend on Helm's. */
export function othersOf(text: string): string[] {
  const others = objectsOf(text).filter(({ kind }) => kind !== 'NetworkPolicy');
  return others.map((object) => JSON.stringify(object)).sort();
}

/** The names of the policies, sorted. */
export function policiesOf(text: string): string[] {
  const policies = objectsOf(text).filter(({ kind }) => kind === 'NetworkPolicy');
  return policies.map(({ metadata }) => metadata.name).sort();
}

/** The text of one policy's document. */
export function policyText(text: string, name: string): string {
  const documents = text.split(/^---$/m);
  return (
    documents.find((document) => /^kind: NetworkPolicy$/m.test(document) && document.includes(`name: ${name}\n`)) ?? ''
  );
}
