import type { FoundConfig } from '../../argocd/config-file.ts';
import type { Report } from '../../model/problem.ts';
import type { RunRequest } from '../../run.ts';
import type { Application } from './application.ts';

/** What stands for the file of a config that only parameters made. */
export const PARAMETERS_FILE = "the plugin's parameters";

/** What a source is rendered with. */
export interface RenderRequest {
  readonly application: Application;
  readonly config: FoundConfig | undefined;
  /** A folder of this run, to write to. */
  readonly scratch: string;
  readonly report: Report;
  /** Takes lines for stderr, such as those of a program that ran. */
  readonly tell: (lines: readonly string[]) => void;
}

/** What a source became, with its policies. */
export interface Rendered {
  readonly stream: string;
  /** The configs that were used. */
  readonly configs: readonly NonNullable<RunRequest['config']>[];
}

/** Renders one kind of source; undefined after a report, or after lines that say why not. */
export type RenderSource = (request: RenderRequest) => Promise<Rendered | undefined>;
