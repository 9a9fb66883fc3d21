import type { Sections } from './section.ts';

/** What an object is, as far as its top level says; `sections` where that was found without parsing. */
export interface Look {
  readonly shape: 'mapping' | 'null' | 'a string' | 'a list' | 'an alias';
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  readonly sections: Sections | undefined;
}
