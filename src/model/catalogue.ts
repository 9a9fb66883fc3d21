import type { LabelSelector } from './label-selector.ts';
import type { PortSet } from './port.ts';

/** What one name of a build stands for: pods, or the addresses behind a Service without a selector. */
export type CatalogueTarget =
  | { readonly kind: 'pods'; readonly namespace: string; readonly podSelector: LabelSelector }
  | { readonly kind: 'cidrs'; readonly cidrs: readonly string[] };

/** One alternative of a name, with the ports that are open to those who write none; `all` where none are declared. */
export type CatalogueEntry = CatalogueTarget & { readonly ports: PortSet };

/** The names of a build, `namespace/name`, in their order, each with what it stands for. */
export type Catalogue = ReadonlyMap<string, readonly CatalogueEntry[]>;
