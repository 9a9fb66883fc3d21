import { load } from 'js-yaml';
import type { Config } from '../../src/model/config.ts';
import type { Problem } from '../../src/model/problem.ts';
import { readConfig } from '../../src/parse/config/read-config.ts';

/** A config with what was reported while it was read. */
export interface Read {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** Reads a whole config. */
export function read(yaml: string): Read {
  const problems: Problem[] = [];
  const config = readConfig(load(yaml), {}, (problem) => problems.push(problem));
  return { config, problems };
}

/** Reads the `spec` of a NetworkPolicyGenerator, written as one indented block or in flow style. */
export function readSpec(spec: string): Read {
  const body = spec.trimStart().startsWith('{') ? ` ${spec}` : `\n${spec.replace(/^/gm, '  ')}`;
  return read(`apiVersion: postern.dev/v1alpha1\nkind: NetworkPolicyGenerator\nmetadata: {name: netpol}\nspec:${body}`);
}

/** Problems as `field: message [code]`. */
export function printProblems(problems: readonly Problem[]): string[] {
  return problems.map(({ field, message, code }) => `${field}: ${message} [${code}]`);
}
