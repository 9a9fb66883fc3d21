import { printCatalogue } from './emit/catalogue-config.ts';
import { buildCluster, type Cluster } from './infer/cluster.ts';
import { listCatalogue } from './infer/list-catalogue.ts';
import { nearest } from './model/nearest.ts';
import { hasErrors, type Problem, placeOf, type Report, sortProblems } from './model/problem.ts';
import { readResources } from './parse/read-resources.ts';
import { configOfRequest, openRequest, type RunRequest } from './parse/request.ts';

/** What an export works on. */
export interface ExportRequest extends RunRequest {
  /** Only the names of this namespace. */
  readonly only?: string;
}

/** The catalogue of a build. */
export interface ExportResult {
  /** A config with nothing but `peers`; '' after an error. */
  readonly output: string;
  /** Sorted by file, index and field. */
  readonly problems: readonly Problem[];
  readonly failed: boolean;
}

/** Writes what the names of the input stand for as the config's `peers`, for builds that do not have these objects. */
export function exportPeers(request: ExportRequest): ExportResult {
  const problems: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const output = write(request, report);
  const failed = hasErrors(problems);
  return { output: failed ? '' : output, problems: sortProblems(problems), failed };
}

function write(request: ExportRequest, report: Report): string {
  const input = openRequest(request, report);
  if (input === undefined) return '';
  const config = configOfRequest(request, input, report);
  const { resources } = readResources(input.items, config, report);
  const cluster = buildCluster(resources, config, []);
  const { only } = request;
  const isWanted = (namespace: string): boolean => only === undefined || namespace === only;
  const catalogue = listCatalogue(cluster, isWanted, report);
  refuseNameless(cluster, isWanted, report);
  if (catalogue.size === 0) refuseEmpty(cluster, only, report);
  return printCatalogue(catalogue);
}

/** Other builds say `namespace/name`, so a name without a namespace is of no use to them. */
function refuseNameless(
  { workloads, groups }: Cluster,
  isWanted: (namespace: string) => boolean,
  report: Report,
): void {
  const nameless = [...new Set([...workloads, ...groups].filter(({ namespace }) => namespace === '' && isWanted('')))];
  const [first] = nameless;
  if (first === undefined) return;
  const others = new Set(nameless.map(({ resource }) => resource)).size - 1;
  const more = others === 0 ? '' : ` (and so must ${others} more ${others === 1 ? 'object' : 'objects'})`;
  const message =
    `must say its namespace${more}, since other builds call it namespace/name: write metadata.namespace, ` +
    'or give --namespace where all such objects go to one';
  report({ ...placeOf(first.resource, 'metadata.namespace'), code: 'namespace-needed', severity: 'error', message });
}

function refuseEmpty({ workloadsIn }: Cluster, only: string | undefined, report: Report): void {
  const near = only === undefined ? undefined : nearest(only, workloadsIn.keys());
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  const where = only === undefined ? '' : ` of the namespace "${only}"${hint}`;
  const message = `must have workloads or Services${where}, got none that another build could name`;
  report({ code: 'nothing-to-export', severity: 'error', message });
}
