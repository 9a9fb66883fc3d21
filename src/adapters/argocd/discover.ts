import { saysAnything } from '../../argocd/read-parameters.ts';
import { finish } from '../finish.ts';
import { findFunctions } from './find-functions.ts';
import { configsIn } from './source.ts';

/**
 * `postern argocd discover`: prints why the Application in the present folder asks for Postern, and nothing where it does
 * not, so that it stays with the tool that it has. Reads its own folder, and what its kustomization builds on.
 */
export function discoverApplication(): number {
  const reason = reasonFor(process.cwd());
  return finish(0, reason === undefined ? '' : `${reason}\n`, []);
}

function reasonFor(folder: string): string | undefined {
  if (saysAnything(process.env)) return 'the Application has parameters of Postern';
  const [config] = configsIn(folder);
  if (config !== undefined) return `the source has ${config.file}`;
  const listed = findFunctions(folder).find(({ isPostern }) => isPostern);
  return listed && `the kustomization lists ${listed.file}`;
}
