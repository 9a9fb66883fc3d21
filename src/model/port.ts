export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** Ports `port` to `endPort` of one protocol, both included, 1 to 65535. A single port has both alike. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly port: number;
  readonly endPort: number;
}

/**
 * Ports of connections. `all` is every port of every protocol (a rule without `ports`); a list is sorted by
 * protocol and port, without overlaps or neighbours, so that equal sets are written alike.
 */
export type PortSet = 'all' | readonly PortRange[];

/** A rule's port that is resolved per pod, by the name of a container port. Read from hand-written policies only. */
export interface NamedPort {
  readonly protocol: Protocol;
  readonly name: string;
}

/** What one entry of a NetworkPolicy's `ports` matches. */
export type PortMatch = PortRange | NamedPort;

/** A port that a pod declares: `containers[].ports[]`, sidecars included. */
export interface ContainerPort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: Protocol;
}
