import { readFileSync, writeFileSync } from 'node:fs';
import { isPosternImage, LOOKER, LOOKER_FILE } from '../../argocd/kustomization.ts';
import { printProblem } from '../../run.ts';
import { finish, tell } from '../finish.ts';
import { generate } from '../generate.ts';

/** The looker keeps nothing in the build: putting objects back is what Kustomize takes its time for. */
const NO_OBJECTS = '{"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": []}\n';

/**
 * `docker run … IMAGE`, as Kustomize calls it inside the plugin: this function where the image is Postern's, else an
 * error. Anywhere else the words mean what they say.
 */
export function runAsEngine(words: readonly string[]): number {
  if (process.env['POSTERN_ARGOCD'] !== 'engine') return generate(['run', ...words]);
  const image = words.at(-1) ?? '';
  const file = process.env[LOOKER_FILE];
  if (image === LOOKER && file !== undefined) return look(file);
  if (isPosternImage(image)) return generate([]);
  const message = `must not run containers of the build, got "${image}"; render this Application in another way`;
  return tell(1, [printProblem({ code: 'unrunnable-function', severity: 'error', message })]);
}

function look(file: string): number {
  writeFileSync(file, readFileSync(0));
  return finish(0, NO_OBJECTS, []);
}
