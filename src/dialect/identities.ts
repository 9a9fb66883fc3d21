import type { IdentityName } from '../model/identity.ts';
import type { GuardRenderer } from './identity-object.ts';
import { renderIstio } from './istio.ts';
import { renderLinkerd } from './linkerd.ts';

/** The renderers of authorization policies by the name that the config's `identity` gives them. */
export const IDENTITIES: ReadonlyMap<IdentityName, GuardRenderer> = new Map([
  ['linkerd', renderLinkerd],
  ['istio', renderIstio],
]);
