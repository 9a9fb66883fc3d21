import type { Guard, IdentityName } from '../model/identity.ts';
import type { GuardRenderer } from './identity-object.ts';
import { renderIstio } from './istio.ts';
import { renderLinkerd } from './linkerd.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';

/** By the name that the config's `identity` gives them. */
const RENDERERS: Readonly<Record<IdentityName, GuardRenderer>> = { linkerd: renderLinkerd, istio: renderIstio };

/** The authorization policies of a mesh, in its own words. */
export function renderGuards(name: IdentityName, guards: readonly Guard[], context: RenderContext): RenderedPolicy[] {
  return RENDERERS[name](guards, context);
}
