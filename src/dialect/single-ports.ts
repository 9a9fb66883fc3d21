import type { PortMatch } from '../model/port.ts';

/** Ranges of up to this many ports are written port by port. */
const SHORT_RANGE = 8;

/**
 * Short ranges as single ports: network plugins that do not know `endPort` open the first port only, in silence, and
 * neighbours that were declared one by one read better so.
 */
export function singlePorts(match: PortMatch): readonly PortMatch[] {
  if ('name' in match || match.endPort === match.port) return [match];
  if (match.endPort - match.port >= SHORT_RANGE) return [match];
  const { protocol } = match;
  return Array.from({ length: match.endPort - match.port + 1 }, (_, index) => {
    const port = match.port + index;
    return { protocol, port, endPort: port };
  });
}

/** Whether a range is every port of its protocol. */
export function isWholeProtocol(match: PortMatch): boolean {
  return !('name' in match) && match.port === 1 && match.endPort === 65535;
}
