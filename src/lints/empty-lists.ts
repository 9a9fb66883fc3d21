import { placeOf } from '../model/problem.ts';
import type { Lint } from './lint.ts';
import { listsWritten, type WrittenList } from './written.ts';

/** `from: []`, `to: []` and `ports: []`, which read like "nobody" and mean "everybody", as if they were absent. */
export const lintEmptyLists: Lint = ({ policies, report }) => {
  for (const { policy, manifest } of policies) {
    if (policy.resource === undefined) continue;
    for (const { path, key, value } of listsWritten(manifest)) {
      if (!Array.isArray(value) || value.length > 0) continue;
      const message = `must not be empty, since that means ${MEANS[key]}: leave "${key}" out to say so, or take the rule away to allow nothing`;
      report({ ...placeOf(policy.resource, path), code: 'empty-means-all', severity: 'warning', message });
    }
  }
};

const MEANS: Readonly<Record<WrittenList['key'], string>> = {
  from: 'everybody, inside the cluster and outside',
  to: 'every destination, inside the cluster and outside',
  ports: 'every port',
};
