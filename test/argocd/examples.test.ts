import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { assertPolicies, ENVIRONMENTS, policiesOf } from '../examples/shop.ts';
import { ROOT } from '../tools.ts';
import { renderApplication } from './repo-server.ts';
import { makeRepository } from './repository.ts';
import { describeWithSidecar } from './sidecar.ts';

const FOLDER = join(ROOT, 'examples', 'argocd');

describeWithSidecar('the Applications of the examples have the policies of examples/policies', (sidecar) => {
  for (const file of readdirSync(FOLDER)) {
    it(file, () => {
      const application = load(readFileSync(join(FOLDER, file), 'utf8')) as object;
      const { manifests } = renderApplication(sidecar(), makeRepository(filesBelow('examples')), application);
      const environment = file.endsWith('-production.yaml') ? 'production' : 'staging';
      const stream = manifests.map((manifest) => dump(manifest)).join('---\n');
      assertPolicies(environment, policiesOf(stream, ENVIRONMENTS[environment] ?? ''));
    });
  }
});

function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((path) => [path.slice(ROOT.length + 1), readFileSync(path, 'utf8')]));
}
