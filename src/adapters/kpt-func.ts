import type { Configs, KptFunc, KubernetesObject, Result } from 'kpt-functions';
import type { Problem } from '../model/problem.ts';
import { resultOf, run } from '../run.ts';
import { HELP } from './help.ts';

/**
 * The generator as a function of the kpt-functions SDK, for programs that compose functions with it. The SDK's own
 * round trip loses objects that share a key, so the command does not use it; here it is the caller's choice.
 */
export const generateNetworkPolicies: KptFunc = Object.assign(generate, { usage: HELP });

async function generate(configs: Configs): Promise<void> {
  const items = configs.getAll();
  const functionConfig = configs.getFunctionConfig();
  const list = { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items, functionConfig };
  const { changes, problems } = run({ input: JSON.stringify(list) });
  const leaving = [...changes.remove, ...changes.replace.keys()];
  configs.delete(...leaving.flatMap((index) => items[index] ?? []));
  const added = changes.append.map(({ manifest }) => manifest);
  configs.insert(...([...changes.replace.values(), ...added] as unknown as KubernetesObject[]));
  configs.addResults(...problems.map(sdkResult));
}

/** The SDK calls a warning `warn` and a proposed value `suggestedValue`, where the specification has other names. */
function sdkResult(problem: Problem): Result {
  const result = resultOf(problem) as unknown as Result;
  const severity = problem.severity === 'warning' ? 'warn' : problem.severity;
  if (problem.field === undefined || problem.want === undefined) return { ...result, severity };
  const { field, got, want } = problem;
  return { ...result, severity, field: { path: field, ...(got && { currentValue: got }), suggestedValue: want } };
}
