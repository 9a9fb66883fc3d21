import { constructFromEvents, type DocumentDirective, EVENT_ID, type Event, YAMLException } from 'js-yaml';
import type { Problem } from '../../model/problem.ts';
import { checkExpansion, selfContained } from './aliases.ts';
import { yamlErrorOf } from './parser-error.ts';
import { problemOf, YamlError } from './yaml-error.ts';
import { SCHEMA } from './yaml-schema.ts';
import type { YamlNode } from './yaml-tree.ts';

/** What reading a node gives: its value, or what is wrong with it. */
export type Read = { readonly value: unknown } | { readonly problem: Pick<Problem, 'code' | 'message' | 'snippet'> };

/**
 * Builds the value of a node. Duplicate keys, unknown tags, mappings as keys, aliases that expand without end and
 * unknown aliases are its problem. Aliases may point at anchors before the node.
 */
export function construct(node: () => YamlNode, text: string): Read {
  try {
    return { value: buildValue(node()) ?? null };
  } catch (error) {
    return { problem: problemOf(error, text) };
  }
}

function buildValue(node: YamlNode): unknown {
  const { tree } = node;
  refuseComplexKeys(node);
  const events = documentOf(node);
  checkExpansion(tree, events);
  try {
    return constructFromEvents(events, { source: tree.source, schema: SCHEMA })[0];
  } catch (error) {
    const position = error instanceof YAMLException ? (error.mark?.position ?? 0) : 0;
    throw yamlErrorOf(error, tree.text, tree.toText(position));
  }
}

/** A node as a document of its own. Throws a YamlError. */
export function documentOf(node: YamlNode): Event[] {
  const directives = directivesOf(node);
  const document: Event = { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives };
  return [document, ...selfContained(node), { type: EVENT_ID.POP }];
}

/** Most often a template that was not rendered: `{{ x }}` is a mapping in a mapping. The parser does not say where. */
function refuseComplexKeys({ tree, event }: YamlNode): void {
  const end = tree.nexts[event] ?? tree.events.length;
  // One frame for each open collection: whether its next node is a key.
  const frames: { readonly isMapping: boolean; atKey: boolean }[] = [];
  for (let number = event; number < end; number += 1) {
    const { type } = tree.events[number] as Event;
    if (type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    const isCollection = type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE;
    const frame = frames.at(-1);
    if (frame?.atKey === true && isCollection) throw complexKey(tree.starts[number] ?? tree.toText(0));
    if (frame?.isMapping === true) frame.atKey = !frame.atKey;
    if (isCollection) frames.push({ isMapping: type === EVENT_ID.MAPPING, atKey: type === EVENT_ID.MAPPING });
  }
}

function complexKey(offset: number): YamlError {
  const why = 'a mapping or a list must not be a key (put "{{" in quotes, or render the template first)';
  return new YamlError(`must be valid YAML: ${why}`, offset);
}

/** A tree holds one document. */
function directivesOf({ tree }: YamlNode): DocumentDirective[] {
  const [document] = tree.events;
  return document?.type === EVENT_ID.DOCUMENT ? document.directives : [];
}
