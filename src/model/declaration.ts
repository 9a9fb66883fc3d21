import type { Direction, Isolate } from './direction.ts';
import type { HttpRequest } from './network-policy.ts';
import type { Protocol } from './port.ts';
import type { Place } from './problem.ts';
import type { Resource } from './resource.ts';

export type Keyword = 'namespace' | 'cluster' | 'anywhere' | 'internet' | 'nodes' | 'none';

/** Words that stand for a set of peers; `./word` is an object of that name. */
export const KEYWORDS: readonly Keyword[] = ['namespace', 'cluster', 'anywhere', 'internet', 'nodes', 'none'];

/** The peer of one item, as the grammar reads it; names are not resolved yet. */
export type PeerTerm =
  | { readonly kind: 'keyword'; readonly keyword: Keyword }
  /** `name`, `ns/name` (maybe an alias) or `./name` (`local`: never a keyword or alias). */
  | { readonly kind: 'name'; readonly namespace: string | undefined; readonly name: string; readonly local: boolean }
  /** `ns/*` */
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** `key=value&key=value`; namespace undefined: the speaker's, `*`: any. */
  | {
      readonly kind: 'labels';
      readonly namespace: string | undefined;
      readonly labels: readonly (readonly [key: string, value: string])[];
    }
  | { readonly kind: 'cidr'; readonly cidr: string; readonly except: readonly string[] }
  | { readonly kind: 'host'; readonly scheme: string; readonly host: string; readonly port: number | undefined };

/** One port of an item. `protocol` undefined: not written. */
export type PortTerm =
  | { readonly kind: 'range'; readonly port: number; readonly endPort: number; readonly protocol: Protocol | undefined }
  | { readonly kind: 'name'; readonly name: string; readonly protocol: Protocol | undefined }
  | { readonly kind: 'all'; readonly protocol: Protocol | undefined };

/** One item of a list. */
export interface Item {
  /** As written, without surrounding separators. */
  readonly text: string;
  readonly peer: PeerTerm;
  /** undefined: no ports were written. Never empty. */
  readonly ports: readonly PortTerm[] | undefined;
}

/** Whose word opens a door, from lenient to strict. */
export type Trust = 'either' | 'namespace' | 'own';

/** A list that an object, or the config in its stead, says. */
export interface ListDeclaration {
  readonly direction: Direction;
  /** Never empty; a single `none` keyword is a refusal. */
  readonly items: readonly Item[];
  /** The object that the list speaks for: a workload, a Service or a Namespace. */
  readonly subject: Resource;
  /** Where it is written, for problems: an annotation of the subject, or a field of the config. */
  readonly place: Place;
  /** For provenance: `postern.dev/allow-to`, `rules[0].allowFrom`. */
  readonly origin: string;
}

/** Requests that callers may make, as one line of text says them. */
export interface RequestLine {
  /** As written. */
  readonly text: string;
  /** The port that they arrive at; undefined: the one that is HTTP. */
  readonly port: PortTerm | undefined;
  readonly request: HttpRequest;
}

/** What callers may request of an object's pods, or the config says it in the object's stead. */
export interface RequestDeclaration {
  /** Never empty. */
  readonly lines: readonly RequestLine[];
  readonly subject: Resource;
  readonly place: Place;
  /** For provenance: `postern.dev/http`, `rules[0].http`. */
  readonly origin: string;
}

/** The scalar annotations of one object. */
export interface Settings {
  readonly isolate?: Isolate;
  readonly trust?: Trust;
  /** `dns: none` was said. */
  readonly noDns?: boolean;
}
