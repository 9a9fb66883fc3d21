#!/usr/bin/env node
// Does to objects what kpt's set-labels does: the label goes to metadata, to pod templates, and to every selector of
// matchLabels that is there.
import { readFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';

const LABEL = { team: 'payments' };
const list = load(readFileSync(0, 'utf8'));

for (const { kind, metadata, spec } of list.items) {
  if (kind === 'Kptfile' || metadata.annotations?.['config.kubernetes.io/local-config']) continue;
  metadata.labels = { ...metadata.labels, ...LABEL };
  if (kind === 'Service') Object.assign(spec.selector, LABEL);
  const template = spec?.jobTemplate?.spec.template ?? spec?.template;
  if (template) Object.assign(template.metadata.labels, LABEL);
  setMatchLabels(spec);
}
process.stdout.write(dump(list, { noRefs: true, lineWidth: -1 }));

function setMatchLabels(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'namespaceSelector') continue;
    if (key === 'matchLabels') Object.assign(inner, LABEL);
    else setMatchLabels(inner);
  }
}
