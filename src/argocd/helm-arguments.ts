import { isOn, type ParameterValues } from './parameter-values.ts';

/** What `helm template` needs beside parameters: the same that Argo CD gives it. */
export interface Release {
  readonly application: string;
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  /** Absolute paths, the last one wins. */
  readonly valuesFiles: readonly string[];
}

/** The arguments of `helm template` for a chart in the present folder. */
export function helmArguments(release: Release, values: ParameterValues): string[] {
  const { application, namespace, kubeVersion, apiVersions, valuesFiles } = release;
  const sets = [...(values.maps.get('helm-parameters') ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...['template', '.', '--name-template', values.strings.get('release-name') ?? application],
    ...(namespace === '' ? [] : ['--namespace', namespace]),
    ...(kubeVersion === '' ? [] : ['--kube-version', kubeVersion]),
    ...sets.flatMap(([name, value]) => ['--set', `${name}=${escapeCommas(value)}`]),
    ...valuesFiles.flatMap((path) => ['--values', path]),
    ...apiVersions.flatMap((version) => ['--api-versions', version]),
    ...(isOn(values, 'skip-crds') ? [] : ['--include-crds']),
  ];
}

/** A comma ends a value for Helm, but in a list: `{a,b}`. */
function escapeCommas(value: string): string {
  return /^\{.*\}$/s.test(value) ? value : value.replace(/(?<!\\),/g, '\\,');
}
