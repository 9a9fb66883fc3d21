import type { PortTerm } from '../../model/declaration.ts';
import type { Fault } from '../grammar/fault.ts';
import { parsePort } from '../grammar/parse-ports.ts';
import { reportFaults } from './report-faults.ts';
import type { RawPorts } from './schema-peers.ts';
import { type Spot, within } from './spot.ts';

/** Ports of a peer: numbers, or texts in the grammar of one port. */
export function readPorts(raw: RawPorts | undefined, spot: Spot): PortTerm[] | undefined {
  return raw?.flatMap((port, index) => readPort(String(port), within(spot, index)) ?? []);
}

function readPort(text: string, spot: Spot): PortTerm | undefined {
  const faults: Fault[] = [];
  const port = parsePort({ text, offset: 0 }, (fault) => faults.push(fault));
  reportFaults(text, faults, spot);
  return port;
}
