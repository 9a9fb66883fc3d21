import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceKind } from '../../argocd/parameter.ts';
import { annotateWarnings, warningsOf } from '../../argocd/warnings.ts';
import { checkIsolation } from '../../check.ts';
import { hasErrors, type Problem, type Report } from '../../model/problem.ts';
import { printProblem } from '../../run.ts';
import { finish, linesOf, tell } from '../finish.ts';
import { readApplication } from './application.ts';
import { MissingProgram } from './child.ts';
import type { Rendered, RenderRequest, RenderSource } from './render.ts';
import { renderChart } from './render-chart.ts';
import { renderDirectory } from './render-directory.ts';
import { renderKustomization } from './render-kustomization.ts';
import { chooseConfig, kindOfSource } from './source.ts';

/** How the names of the folders begin in which runs keep what they need. */
const SCRATCH = 'postern-argocd-';

const RENDERERS: Readonly<Record<SourceKind, RenderSource>> = {
  kustomization: renderKustomization,
  chart: renderChart,
  directory: renderDirectory,
};

/** `postern argocd generate`: the manifests of the Application in the present folder, with their policies. */
export async function generateApplication(): Promise<number> {
  const problems: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const application = readApplication(report);
  const config = chooseConfig(application, report);
  const lines: string[] = [];
  const say = (more: readonly string[]): void => void lines.push(...more);
  const rendered = hasErrors(problems) ? undefined : await render({ application, config, report, tell: say });
  if (rendered !== undefined) checkClosed(rendered, report);
  const said = [...lines, ...linesOf(problems, false)];
  if (rendered === undefined || hasErrors(problems)) return tell(1, said);
  return publish(rendered.stream, said, application.values.strings.get('warnings') ?? 'annotate');
}

async function render(request: Omit<RenderRequest, 'scratch'>): Promise<Rendered | undefined> {
  removeLeftovers();
  const scratch = mkdtempSync(join(tmpdir(), SCRATCH));
  try {
    return await RENDERERS[kindOfSource(request.application.folder)]({ ...request, scratch });
  } catch (error) {
    if (!(error instanceof MissingProgram)) throw error;
    request.report({ code: 'missing-program', severity: 'error', message: error.message });
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Argo CD kills what takes too long, and a killed run leaves its folder behind. */
function removeLeftovers(): void {
  const old = Date.now() - 60 * 60 * 1000;
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name);
    const stat = name.startsWith(SCRATCH) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (stat !== undefined && stat.mtimeMs < old) rmSync(path, { recursive: true, force: true });
  }
}

/** What is about to be printed is read once more: an Application must not lose its policies in silence. */
function checkClosed({ stream, configs }: Rendered, report: Report): void {
  const requests = configs.length === 0 ? [{ input: stream }] : configs.map((config) => ({ input: stream, config }));
  for (const request of requests) for (const problem of checkIsolation(request)) report(problem);
}

function publish(stream: string, said: readonly string[], mode: string): number {
  const warnings = warningsOf(said);
  if (mode === 'error' && warnings.length > 0) return tell(1, [...said, printProblem(STRICT)]);
  return finish(0, mode === 'annotate' ? annotateWarnings(stream, warnings) : stream, said);
}

const STRICT: Problem = {
  code: 'strict-warnings',
  severity: 'error',
  message: 'must not have warnings where the parameter "warnings" is "error"',
};
