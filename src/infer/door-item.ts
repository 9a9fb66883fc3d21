import { KEYWORDS } from '../model/declaration.ts';
import type { PortSet } from '../model/port.ts';
import type { Workload } from '../model/workload.ts';
import type { Subject } from './subject.ts';

/**
 * The item that lets a subject in, as the owner of `target` would write it: `web`, `shop/web:8080`, `shop/*`, or
 * `./nodes` where a keyword or one of the config's `aliases` is called so.
 *
 * @param ports undefined: those that the owner's own declarations mean
 * @returns undefined where the subject has no namespace that could be named
 */
export function doorItem(
  subject: Subject,
  target: Workload,
  ports: PortSet | undefined,
  aliases: readonly string[],
): string | undefined {
  const suffix = ports === undefined ? '' : `:${formatItemPorts(ports)}`;
  const isNear = subject.namespace === target.namespace;
  if (!isNear && subject.namespace === '') return undefined;
  if (subject.kind === 'namespace') return (isNear ? 'namespace' : `${subject.namespace}/*`) + suffix;
  const { name } = subject.resource;
  if (!isNear) return `${subject.namespace}/${name}${suffix}`;
  const meansMore = aliases.includes(name) || KEYWORDS.some((keyword) => keyword === name);
  return (meansMore ? `./${name}` : name) + suffix;
}

/** Ports for people: `5432/TCP, 53/UDP`, or `every port`. */
export function formatPorts(ports: PortSet): string {
  if (ports === 'all') return 'every port';
  const range = (port: number, endPort: number): string => (port === endPort ? `${port}` : `${port}-${endPort}`);
  return ports.map(({ protocol, port, endPort }) => `${range(port, endPort)}/${protocol}`).join(', ');
}

/** Ports as an item says them: `8080+53/udp`, `*`. */
export function formatItemPorts(ports: PortSet): string {
  if (ports === 'all') return '*';
  return ports
    .map(({ protocol, port, endPort }) => {
      const range = port === 1 && endPort === 65535 ? '*' : port === endPort ? `${port}` : `${port}-${endPort}`;
      return protocol === 'TCP' && range !== '*' ? range : `${range}/${protocol.toLowerCase()}`;
    })
    .join('+');
}
