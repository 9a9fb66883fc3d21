import { realpathSync } from 'node:fs';
import { join, normalize, resolve, sep } from 'node:path';
import type { ParameterValues } from '../../argocd/parameter-values.ts';
import { readParameters } from '../../argocd/read-parameters.ts';
import type { Report } from '../../model/problem.ts';

/** The Application that Argo CD asks for, as its variables tell. */
export interface Application {
  readonly name: string;
  /** Where its objects go that name no namespace. */
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly values: ParameterValues;
  /** Its path: the present folder, without symbolic links. */
  readonly folder: string;
  /** The repository's root, which what it names must not leave. */
  readonly root: string;
}

/** Reads the Application from the process's variables. */
export function readApplication(report: Report): Application {
  const { env } = process;
  const folder = realpathSync(process.cwd());
  return {
    name: env['ARGOCD_APP_NAME'] ?? 'postern',
    namespace: env['ARGOCD_APP_NAMESPACE'] ?? '',
    kubeVersion: env['KUBE_VERSION'] ?? '',
    apiVersions: (env['KUBE_API_VERSIONS'] ?? '').split(',').filter((version) => version !== ''),
    values: readParameters(env, report),
    folder,
    root: rootOf(folder, env['ARGOCD_APP_SOURCE_PATH'] ?? ''),
  };
}

/** The folder whose subfolder at `path` is the Application's. */
function rootOf(folder: string, path: string): string {
  const tail = join(sep, normalize(path), '.').replace(/\/$/, '');
  return tail !== '' && folder.endsWith(tail) ? folder.slice(0, -tail.length) : folder;
}

/**
 * The absolute path of a file that the Application names: from its folder, with a leading slash from the repository's
 * root. Undefined after a report where it is not there, or leads out of the repository.
 */
export function findFile(
  { folder, root }: Application,
  path: string,
  title: string,
  report: Report,
): string | undefined {
  const wanted = path.startsWith('/') ? join(root, path) : resolve(folder, path);
  const refuse = (reason: string): undefined =>
    report({
      code: 'invalid-parameter',
      severity: 'error',
      message: `${title} must name a file of the repository, got "${path}": ${reason}`,
    }) as undefined;
  try {
    const real = realpathSync(wanted);
    return isInside(root, real) ? real : refuse('it leads out of the repository');
  } catch {
    return refuse(isInside(root, wanted) ? 'there is no such file' : 'it leads out of the repository');
  }
}

/** Whether a path is below a folder. */
export function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
