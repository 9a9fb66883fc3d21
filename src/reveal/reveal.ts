import type { RevealScene, Source } from './reveal-scene.ts';
import type { Revealed } from './revealed.ts';
import { revealApiClients } from './sources/api-clients.ts';
import { revealCallers } from './sources/callers.ts';
import { revealExposed } from './sources/exposed.ts';
import { revealNamedHosts } from './sources/named-hosts.ts';
import { revealScraped } from './sources/scraped.ts';

/** Each kind of object, or of text, that tells who connects to whom. Those that open to everybody come first. */
const SOURCES: readonly Source[] = [revealExposed, revealCallers, revealScraped, revealApiClients, revealNamedHosts];

/** The traffic that the manifests reveal. */
export function revealTraffic(scene: RevealScene): Revealed[] {
  return SOURCES.flatMap((source) => [...source(scene)]);
}
