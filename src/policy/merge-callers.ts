import type { Account, Callers } from '../model/identity.ts';

/** Whoever is in any of these, each once and in order. */
export function mergeCallers(all: readonly Callers[]): Callers {
  const namespaces = [...new Set(all.flatMap((callers) => callers.namespaces))].sort();
  const spaces = new Set(namespaces);
  const accounts = new Map<string, Account>();
  for (const account of all.flatMap((callers) => callers.accounts)) {
    // A namespace stands for its accounts.
    if (!spaces.has(account.namespace)) accounts.set(`${account.namespace}/${account.name}`, account);
  }
  const blocks = new Map(all.flatMap(({ blocks }) => blocks).map((block) => [JSON.stringify(block), block]));
  return {
    accounts: inOrder(accounts),
    namespaces,
    blocks: inOrder(blocks),
    unmeshed: all.some(({ unmeshed }) => unmeshed),
    everyone: all.some(({ everyone }) => everyone),
  };
}

function inOrder<Value>(values: ReadonlyMap<string, Value>): Value[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
