import { eventsToAst, present } from 'js-yaml';
import { documentOf } from './construct.ts';
import { SCHEMA } from './yaml-schema.ts';
import type { YamlNode } from './yaml-tree.ts';

/**
 * Prints a node as YAML of its own, with aliases of anchors outside it written out. Scalars keep their spelling and
 * quotes, so large numbers and YAML 1.1's words mean what they meant; comments are lost. Throws a YamlError.
 */
export function printAlone(node: YamlNode): string {
  const documents = eventsToAst(documentOf(node), { source: node.tree.source, schema: SCHEMA });
  // Tags are written in full, so an entry needs no directive, and could have none.
  const bare = documents.map((document) => ({ ...document, directives: [], explicitStart: false, explicitEnd: false }));
  return present(bare, { schema: SCHEMA, lineWidth: -1, seqNoIndent: true });
}
