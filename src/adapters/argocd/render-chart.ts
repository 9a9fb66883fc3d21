import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { helmArguments } from '../../argocd/helm-arguments.ts';
import { findFile } from './application.ts';
import { type Ended, linesOfText, runProgram } from './child.ts';
import type { Rendered, RenderRequest } from './render.ts';
import { runPolicies } from './run-policies.ts';

/** A chart, as `helm template` writes it for Argo CD. */
export async function renderChart(request: RenderRequest): Promise<Rendered | undefined> {
  const { application, scratch, report } = request;
  const files = application.values.arrays.get('values-files') ?? [];
  const found = files.map((path) => findFile(application, path, 'the parameter "values-files"', report));
  if (found.includes(undefined)) return undefined;
  const valuesFiles = [...found.filter((path) => path !== undefined), ...writeValues(request)];
  const words = helmArguments({ ...application, application: application.name, valuesFiles }, application.values);
  const env = helmEnvironment(scratch);
  const { status, stdout, stderr } = await template(words, env);
  request.tell(linesOfText(stderr));
  return status === 0 ? runPolicies(stdout, request) : undefined;
}

/** A chart whose dependencies are not in it gets them, once. */
async function template(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const ended = await runProgram('helm', words, env);
  if (ended.status === 0 || !/missing in charts\/ directory/.test(ended.stderr)) return ended;
  const built = await runProgram('helm', ['dependency', 'build'], env);
  return built.status === 0 ? runProgram('helm', words, env) : built;
}

function writeValues({ application, scratch }: RenderRequest): string[] {
  const text = application.values.strings.get('values');
  if (text === undefined) return [];
  const path = join(scratch, 'values.yaml');
  writeFileSync(path, text);
  return [path];
}

/** Nothing but the scratch folder is written to. */
function helmEnvironment(scratch: string): NodeJS.ProcessEnv {
  const places = ['CACHE', 'CONFIG', 'DATA'].map((name) => [`HELM_${name}_HOME`, join(scratch, 'helm', name)]);
  return { ...process.env, ...Object.fromEntries(places) };
}
