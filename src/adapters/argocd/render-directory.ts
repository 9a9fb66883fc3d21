import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findConfigs } from '../../argocd/config-file.ts';
import { isOn } from '../../argocd/parameter-values.ts';
import type { Report } from '../../model/problem.ts';
import { readText } from '../read-files.ts';
import { type Application, isInside } from './application.ts';
import type { Rendered, RenderRequest } from './render.ts';
import { runPolicies } from './run-policies.ts';

/** By this, Argo CD leaves out a file that is a manifest in its name only. */
const SKIP = '+argocd:skip-file-rendering';

/** The plain files of a folder, those that Argo CD would take, without configs of Postern. */
export async function renderDirectory(request: RenderRequest): Promise<Rendered | undefined> {
  const { application } = request;
  const found: string[] = [];
  let failed = false;
  const report: Report = (problem) => {
    failed = true;
    request.report(problem);
  };
  listFiles(application, application.folder, found, report);
  const files = found.flatMap((path) => readManifest(application, path, report) ?? []);
  if (failed) return undefined;
  if (files.length > 0) return runPolicies(files, request);
  report({
    code: 'empty-input',
    severity: 'error',
    message: 'must hold manifests, a kustomization or a chart, got no file with objects',
  });
  return undefined;
}

function listFiles(application: Application, folder: string, found: string[], report: Report): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isOn(application.values, 'recurse') && entry.name !== '.git') listFiles(application, path, found, report);
    } else if (/\.jsonnet$/.test(entry.name)) {
      const message = `must not hold jsonnet, which this plugin does not run, got "${relative(application.folder, path)}"`;
      report({ code: 'unreadable-file', severity: 'error', message });
    } else if (/\.(?:ya?ml|json)$/.test(entry.name) && isFile(application, path, report)) {
      found.push(path);
    }
  }
}

/** A link must stay in the repository; one that leads nowhere is left out, as Argo CD does. */
function isFile({ root, folder }: Application, path: string, report: Report): boolean {
  try {
    if (isInside(root, realpathSync(path))) return statSync(path).isFile();
  } catch {
    return false;
  }
  const message = `must not lead out of the repository, got "${relative(folder, path)}"`;
  report({ code: 'unreadable-file', severity: 'error', message });
  return false;
}

function readManifest(
  { folder }: Application,
  path: string,
  report: Report,
): { path: string; text: string } | undefined {
  const file = readText(path, report);
  if (file === undefined || file.text.includes(SKIP)) return undefined;
  const own = { path: relative(folder, path), text: file.text };
  return findConfigs([own]).length > 0 ? undefined : own;
}
