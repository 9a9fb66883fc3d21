import type { Sureness } from '../../model/plan.ts';
import type { PodHints, PodText } from '../../model/pod-text.ts';
import type { Service } from '../../model/service.ts';
import type { Workload } from '../../model/workload.ts';
import type { Address } from '../address.ts';
import { findAddresses } from '../find-addresses.ts';
import { isHostKey, portKeysOf, wordsOf } from '../host-key.ts';
import { lookUpHost } from '../look-up-host.ts';
import { outsideHost, portOfScheme } from '../outside-host.ts';
import { apiServerCalled } from '../outsiders.ts';
import { endOf, endOfService, type RevealScene } from '../reveal-scene.ts';
import type { End, Revealed } from '../revealed.ts';
import { EVERY_DECLARED, portOnEach, portsBehind, type WantedPorts } from '../wanted-ports.ts';

/** An address in a text of a workload. */
interface Named {
  readonly workload: Workload;
  readonly text: PodText;
  readonly address: Address;
}

/** Services and hosts that variables, commands, arguments and ConfigMaps name. */
export function* revealNamedHosts(scene: RevealScene): Iterable<Revealed> {
  for (const [workload, hints] of scene.pods) {
    for (const text of hints.texts) {
      for (const found of findAddresses(text.text, text.key)) {
        yield* reveal({ workload, text, address: withPort(found, text, hints) }, scene);
      }
    }
  }
}

/** A host whose port stands beside it: `DB_HOST` and `DB_PORT`. */
function withPort(address: Address, { key, scope }: PodText, { texts }: PodHints): Address {
  if (address.port !== undefined || address.form === 'url' || key === undefined) return address;
  const keys = portKeysOf(key);
  const beside = texts.find(
    (text) => text.scope === scope && text.key !== undefined && keys.includes(wordsOf(text.key)),
  );
  const port = Number(beside?.text.trim() || Number.NaN);
  return Number.isInteger(port) && port > 0 && port < 65536 ? { ...address, port } : address;
}

function reveal(named: Named, scene: RevealScene): Revealed[] {
  const { workload, address } = named;
  const meant = lookUpHost(address, workload.namespace, scene);
  switch (meant.kind) {
    case 'service':
      return toService(named, meant.service, scene);
    case 'api-server':
      return [connection(named, apiServerCalled(scene.cluster.config), EVERY_DECLARED, 'likely', scene)];
    case 'elsewhere':
      return toElsewhere(named, meant.namespace, meant.name, scene);
    case 'missing':
      noteMissing(named, scene);
      return [];
    case 'outside':
      return toOutside(named, scene);
  }
}

function toService(named: Named, service: Service, scene: RevealScene): Revealed[] {
  const { workload, address } = named;
  if (service.type === 'ExternalName') {
    const target = outsideHost({ ...address, host: service.externalName ?? address.host });
    return [connection(named, target, EVERY_DECLARED, target.ports === undefined ? 'guess' : 'likely', scene)];
  }
  const target = endOfService(scene, service);
  if (target === undefined) return toEndpoints(named, service, scene);
  const isOnlySelf = target.workloads.every((one) => one === workload);
  // A workload that says its own address tells others of it; only peers of one StatefulSet call each other by it.
  const hasPeers = scene.pods.get(workload)?.isSingle === false;
  if (isOnlySelf && !(hasPeers && (service.headless || workload.resource.kind === 'StatefulSet'))) return [];
  const found = portsAt(address, service, target.workloads);
  if (found === undefined && address.form === 'pair' && !isHostKey(named.text.key ?? '')) return [];
  return [connection(named, target, found ?? EVERY_DECLARED, found === undefined ? 'guess' : 'likely', scene)];
}

/** A Service without a selector leads to addresses, which its name stands for. */
function toEndpoints(named: Named, service: Service, scene: RevealScene): Revealed[] {
  const { resource, namespace } = service;
  if (scene.cluster.endpointsOf(service).length === 0) {
    scene.note(
      named.workload,
      `Service "${resource.name}"`,
      `${seenIn(named)}; it has no selector and no EndpointSlice here: write its addresses`,
    );
    return [];
  }
  const peer = namespace === named.workload.namespace ? `./${resource.name}` : `${namespace}/${resource.name}`;
  const target: End = { kind: 'outsider', name: `Service ${resource.name}`, peer, ports: undefined, advice: undefined };
  return [connection(named, target, EVERY_DECLARED, 'likely', scene)];
}

/** The pods' ports behind an address; undefined where the Service does not have its port. */
function portsAt({ port, scheme }: Address, service: Service, workloads: readonly Workload[]): WantedPorts | undefined {
  const usual = portOfScheme(scheme);
  const entries = service.ports.filter((entry) => entry.port === (port ?? usual));
  if (entries.length > 0) return portsBehind(entries, workloads);
  if (port === undefined || service.ports.length === 0) return EVERY_DECLARED;
  return service.headless ? portOnEach(port, workloads) : undefined;
}

function toElsewhere(named: Named, namespace: string, name: string, scene: RevealScene): Revealed[] {
  if (named.address.form === 'word' || !/^[a-z0-9-]+$/.test(namespace)) return [];
  const alias = scene.cluster.config.peers.some((one) => one.name === `${namespace}/${name}`);
  const target: End = {
    kind: 'outsider',
    name: `Service ${namespace}/${name}, which is not in these resources`,
    peer: alias ? `${namespace}/${name}` : `${namespace}/*`,
    ports: undefined,
    advice: alias
      ? undefined
      : `wider than it need be: write its labels, or take ${namespace}/${name} from the export of its build`,
  };
  const isSure = named.address.form === 'dns' || named.address.host.split('.').includes('svc');
  return [connection(named, target, EVERY_DECLARED, isSure ? 'likely' : 'guess', scene)];
}

function toOutside(named: Named, scene: RevealScene): Revealed[] {
  const { address, text } = named;
  const target = outsideHost(address);
  const isTold = address.form !== 'pair' || isHostKey(text.key ?? '') || address.port !== undefined;
  if (!isTold) return [];
  const isKnown = target.ports !== undefined && text.form === 'value';
  return [connection(named, target, EVERY_DECLARED, isKnown ? 'likely' : 'guess', scene)];
}

/** A name that nobody has fails today, or is somebody's who is rendered elsewhere. */
function noteMissing(named: Named, scene: RevealScene): void {
  const { address, text, workload } = named;
  const isTold = address.form === 'url' || (text.form === 'value' && isHostKey(text.key ?? ''));
  if (!isTold) return;
  const like = [...scene.services.values()].find(
    ({ namespace, resource }) => namespace === workload.namespace && isLike(resource.name, address.host),
  );
  const hint = like === undefined ? '' : ` (Service ${like.resource.name} is)`;
  scene.note(workload, `"${address.host}"`, `${seenIn(named)}; no Service of this namespace is called so here${hint}`);
}

/** A prefix or a suffix of a build makes another name, which texts do not follow. */
function isLike(present: string, written: string): boolean {
  return present.endsWith(`-${written}`) || present.startsWith(`${written}-`);
}

function connection(named: Named, target: End, ports: WantedPorts, sure: Sureness, scene: RevealScene): Revealed {
  return { source: endOf(scene, named.workload), target, ports, sureness: sure, seen: seenIn(named) };
}

const LONGEST = 60;
/** Behind a user name, or by its own name in a connection string. */
const MAY_HOLD_PASSWORD = /@|passw|pwd/i;

function seenIn({ text, address }: Named): string {
  const value = text.text.trim();
  const port = address.port === undefined ? '' : `:${address.port}`;
  const isShort = value.length <= LONGEST && !value.includes('\n') && !MAY_HOLD_PASSWORD.test(value);
  return `${text.where}: "${isShort ? value : `${address.host}${port}`}"`;
}
