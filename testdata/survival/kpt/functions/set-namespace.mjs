#!/usr/bin/env node
// Does to objects what kpt's set-namespace does.
import { readFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';

const list = load(readFileSync(0, 'utf8'));

for (const { kind, metadata } of list.items) {
  if (kind === 'Kptfile' || metadata.annotations?.['config.kubernetes.io/local-config']) continue;
  metadata.namespace = 'staging';
}
process.stdout.write(dump(list, { noRefs: true, lineWidth: -1 }));
