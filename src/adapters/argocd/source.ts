import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILES, type FoundConfig, findConfigs, onlyConfig } from '../../argocd/config-file.ts';
import { KUSTOMIZATION_FILES } from '../../argocd/kustomization.ts';
import type { SourceKind } from '../../argocd/parameter.ts';
import type { Report } from '../../model/problem.ts';
import { type Application, findFile } from './application.ts';

/** What the files of a folder are, in Argo CD's own order. */
export function kindOfSource(folder: string): SourceKind {
  if (KUSTOMIZATION_FILES.some((name) => existsSync(join(folder, name)))) return 'kustomization';
  return existsSync(join(folder, 'Chart.yaml')) ? 'chart' : 'directory';
}

/** The configs under a known name in a folder. */
export function configsIn(folder: string): FoundConfig[] {
  return findConfigs(
    CONFIG_FILES.flatMap((path) => {
      const text = textOf(join(folder, path));
      return text === undefined ? [] : [{ path, text }];
    }),
  );
}

/** The Application's config: the one it names, else the one that is found. */
export function chooseConfig(application: Application, report: Report): FoundConfig | undefined {
  const named = application.values.strings.get('config');
  if (named === undefined) {
    const only = onlyConfig(configsIn(application.folder));
    if (only === undefined || ('file' in only && 'value' in only)) return only;
    report(only);
    return undefined;
  }
  const title = 'the parameter "config"';
  const path = findFile(application, named, title, report);
  if (path === undefined) return undefined;
  const found = findConfigs([{ path: named, text: textOf(path) ?? '' }])[0];
  if (found === undefined) {
    const message = `${title} must name a file that holds a NetworkPolicyGenerator and nothing else, got "${named}"`;
    report({ code: 'invalid-parameter', severity: 'error', message });
  }
  return found;
}

/** A file's text; undefined where there is none. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
