import { DUMP_SCHEMA, dump } from 'js-yaml';

/** Prints any plain data with the YAML printer, in the style that `printManifest` promises. */
export function dumpYaml(value: unknown): string {
  return dump(value, { schema: DUMP_SCHEMA, lineWidth: -1, noRefs: true, seqNoIndent: true });
}
