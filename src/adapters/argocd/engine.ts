import { isPosternImage } from '../../argocd/kustomization.ts';
import { printProblem } from '../../run.ts';
import { tell } from '../finish.ts';
import { generate } from '../generate.ts';

/**
 * `docker run … IMAGE`, as Kustomize calls it inside the plugin: this function where the image is Postern's, else an
 * error. Anywhere else the words mean what they say.
 */
export function runAsEngine(words: readonly string[]): number {
  if (process.env['POSTERN_ARGOCD'] !== 'engine') return generate(['run', ...words]);
  const image = words.at(-1) ?? '';
  if (isPosternImage(image)) return generate([]);
  const message = `must not run containers of the build, got "${image}"; render this Application in another way`;
  return tell(1, [printProblem({ code: 'unrunnable-function', severity: 'error', message })]);
}
