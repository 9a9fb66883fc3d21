import { nearest } from '../model/nearest.ts';
import { discoverApplication } from './argocd/discover.ts';
import { generateApplication } from './argocd/generate.ts';
import { announceParameters } from './argocd/parameters.ts';
import { finish, refuseUsage } from './finish.ts';

const HELP = `What Argo CD calls when Postern is one of its config-management plugins. docs/argocd.md says how to install it.

Usage, in an Application's folder:
  postern argocd generate     the manifests of the kustomization, chart or plain files, with their policies
  postern argocd discover     prints why the Application asks for Postern; nothing where it does not
  postern argocd parameters   what the Application may set, as JSON for Argo CD's UI

Argo CD tells the Application in variables: ARGOCD_APP_NAME, ARGOCD_APP_NAMESPACE, ARGOCD_APP_PARAMETERS, KUBE_VERSION and
others. kustomize and helm must be on PATH where a source needs them.
`;

const ACTIONS: ReadonlyMap<string, () => number | Promise<number>> = new Map<string, () => number | Promise<number>>([
  ['generate', generateApplication],
  ['discover', discoverApplication],
  ['parameters', announceParameters],
]);

/** `postern argocd`. */
export function argocdCommand([name = '', ...more]: readonly string[]): number | Promise<number> {
  const action = ACTIONS.get(name);
  if (action !== undefined && more.length === 0) return action();
  if (name === '--help' || name === '-h') return finish(0, HELP, []);
  const known = [...ACTIONS.keys()];
  const got = [name, ...more].join(' ');
  const near = nearest(name, known);
  const hint = near === undefined || action !== undefined ? '' : ` (did you mean "${near}"?)`;
  return refuseUsage(`postern argocd must be followed by one of ${known.join(', ')}, got "${got}"${hint}`);
}
