// Prints how long it takes, in a fresh process, to merge the rules of one database with 2,000 callers: milliseconds.
import { join } from 'node:path';
import { ROOT } from '../scripts/prepare.mjs';

const policy = (file) => import(join(ROOT, 'build', 'src', 'policy', file));
const [{ allow }, { mergeRules }] = await Promise.all([policy('rule-set.js'), policy('merge-rules.js')]);

const rules = new Map();
for (let number = 0; number < 2000; number += 1) {
  const podSelector = [{ key: 'app.kubernetes.io/name', operator: 'In', values: [`caller-${number}`] }];
  const port = number % 4 === 0 ? 5432 : 5433;
  const peer = { kind: 'pods', namespaceSelector: undefined, podSelector };
  allow(rules, peer, [{ protocol: 'TCP', port, endPort: port }], [`Deployment/callers/caller-${number}`]);
}
const start = process.hrtime.bigint();
const merged = mergeRules(rules);
const taken = Number(process.hrtime.bigint() - start) / 1e6;
if (merged.length !== 2) throw new Error(`must be two rules, got ${merged.length}`);
console.log(taken);
