import type { Probe } from '../model/probe.ts';

/**
 * Puts probes together: each connection once, as the first one wants it, by client, target and port. Clients and targets
 * that are alike are one, so that a script starts and looks up each once. Strangers come last.
 */
export function mergeProbes(probes: readonly Probe[]): readonly Probe[] {
  const [clients, targets] = [sharing<Probe['client']>(), sharing<Probe['target']>()];
  const merged = new Map<string, Probe>();
  for (const probe of probes) {
    const key = keyOf(probe);
    const { client, target } = probe;
    if (!merged.has(key)) merged.set(key, { ...probe, client: clients(client), target: targets(target) });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, probe]) => probe);
}

function keyOf({ client, target, protocol, port }: Probe): string {
  const rank = client.object === undefined ? 1 : 0;
  return [rank, client.name, target.name, `${port}`.padStart(5, '0'), protocol].join('\n');
}

function sharing<Value extends { readonly name: string }>(): (value: Value) => Value {
  const known = new Map<string, Value>();
  return (value) => {
    const first = known.get(value.name) ?? value;
    known.set(value.name, first);
    return first;
  };
}
