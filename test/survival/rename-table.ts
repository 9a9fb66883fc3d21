import type { Rename } from './row.ts';

/** Pods that no overlay of ours renames. */
const FIXED: readonly string[] = [
  'elsewhere/stranger',
  'system-ingress/ingress-nginx',
  'kube-system/kube-dns',
  'internet',
];

/** A table of who reaches whom under other names; several renames stand side by side and reach each other nowhere. */
export function renameTable(table: readonly string[], renames: readonly Rename[]): readonly string[] {
  const lines = renames.flatMap((rename) =>
    table.map((line) => {
      const [source = '', destination = '', ports = ''] = line.split(/ -> |: /);
      return `${renameEnd(source, rename)} -> ${renameEnd(destination, rename)}: ${ports}`;
    }),
  );
  return [...new Set(lines)].sort();
}

function renameEnd(end: string, { namespace, prefix = '', suffix = '' }: Rename): string {
  if (FIXED.includes(end)) return end;
  const [oldNamespace = '', name = ''] = end.split('/');
  const newName = name === 'stranger' ? name : `${prefix}${name}${suffix}`;
  return `${namespace ?? oldNamespace}/${newName}`;
}
