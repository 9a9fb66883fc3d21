import { spawnSync } from 'node:child_process';
import { METER } from './prepare.mjs';

/** What one run took: milliseconds and bytes. Throws where the command failed. */
export function runOnce(command, input, output = '-') {
  // A file of certificates for Node to read at its start would be measured, not the function.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const { stdout, stderr, status } = spawnSync(METER, [input, output, ...command], { encoding: 'utf8', env });
  const taken = status === 0 ? JSON.parse(stdout) : { Status: status };
  if (taken.Status !== 0)
    throw new Error(`${command.join(' ')} failed with ${taken.Status}:\n${stderr.slice(0, 2000)}`);
  return { wall: taken.Wall, cpu: taken.User + taken.System, peak: taken.Peak, bytes: taken.Bytes };
}

/**
 * Medians of several rounds. In each round every command runs once, so that whatever else the machine does falls on all
 * of them alike.
 */
export function measure(commands, input, rounds) {
  const taken = new Map(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) taken.get(name).push(runOnce(command, input));
  }
  return Object.fromEntries([...taken].map(([name, runs]) => [name, medians(runs)]));
}

function medians(runs) {
  const of = (field) => median(runs.map((run) => run[field]));
  return { wall: of('wall'), cpu: of('cpu'), peak: of('peak'), bytes: of('bytes') };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
