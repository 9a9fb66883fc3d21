import type { Config } from '../model/config.ts';
import type { Input } from '../model/input.ts';
import type { Problem, Report } from '../model/problem.ts';
import { readConfig } from './config/read-config.ts';
import { readConfigText } from './config/read-config-text.ts';
import { isDnsLabel } from './grammar/dns-name.ts';
import { type InputFile, openFiles, openInput } from './input/open-input.ts';

/** What one run works on. */
export interface RunRequest {
  /** The text of stdin, or the files of the command line. */
  readonly input: string | readonly InputFile[];
  /** The file of `--config`; a ResourceList brings its own. */
  readonly config?: { readonly text: string; readonly file: string };
  /** What `--namespace` says of objects that name none; it goes before the config's `namespace`. */
  readonly namespace?: string;
  /** What the client wants to read on policies that are new to the input. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Opens what a run works on; undefined after a report that leaves nothing to work on. */
export function openRequest({ input }: RunRequest, report: Report): Input | undefined {
  return typeof input === 'string' ? openInput(input, report) : openFiles(input, report);
}

/** The config of a run: the file of the command line, else that of the ResourceList. */
export function configOfRequest(request: RunRequest, { functionConfig }: Input, report: Report): Config {
  const { config, namespace } = request;
  const read = config === undefined ? readConfig(functionConfig, {}, report) : readConfigText(config, report);
  if (namespace === undefined) return read;
  if (!isDnsLabel(namespace)) report(notNamespace(namespace));
  return { ...read, namespace };
}

function notNamespace(namespace: string): Problem {
  const message = `--namespace must be the name of a namespace, got "${namespace}"`;
  return { code: 'usage', severity: 'error', message };
}
