import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { assertGolden } from '../golden/golden-file.ts';
import { withFolder } from '../survival/build-tree.ts';
import { POSTERN, ROOT, tool } from '../tools.ts';

/** The environments of the shop, and the namespace of each. */
export const ENVIRONMENTS: Readonly<Record<string, string>> = { staging: 'shop-staging', production: 'shop' };

/** A copy of the examples, as a team has them in its own repository, with the tools on PATH. */
export interface Workplace {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

interface Policy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: unknown;
}

/** Copies a folder of the examples for the time of one call. `postern` and `kustomize` are on PATH. */
export function withExamples<Result>(name: string, use: (workplace: Workplace) => Result): Result {
  return withFolder((root) => {
    const folder = join(root, name);
    cpSync(join(ROOT, 'examples', name), folder, { recursive: true });
    const bin = join(root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'postern'), `#!/bin/sh\nexec '${process.execPath}' '${POSTERN}' "$@"\n`);
    chmodSync(join(bin, 'postern'), 0o755);
    const kustomize = tool('kustomize-5.8.2');
    if (kustomize !== undefined) symlinkSync(kustomize, join(bin, 'kustomize'));
    return use({ folder, env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` } });
  });
}

/**
 * The policies of a render as a stream, in the order of their names: what the cluster enforces, without annotations and
 * labels. `namespace` is where objects go that have none.
 */
export function policiesOf(rendered: string, namespace: string): string {
  const objects = (loadAll(rendered) as (Policy | null)[]).filter((object) => object?.kind === 'NetworkPolicy');
  const policies = (objects as Policy[]).map(({ apiVersion, kind, metadata, spec }) => ({
    apiVersion,
    kind,
    metadata: { name: metadata.name, namespace: metadata.namespace ?? namespace },
    spec,
  }));
  const sorted = policies.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return sorted.map((policy) => dump(policy, { sortKeys: true })).join('---\n');
}

/** One golden file for all tools; `npm run update` writes it for the first, and the others have to agree. */
export function assertPolicies(environment: string, policies: string): void {
  const note = `# What the shop's ${environment} gets, whichever tool renders it; annotations and labels are left out.\n`;
  assertGolden(join(ROOT, 'examples', 'policies'), `${environment}.yaml`, note + policies);
}
