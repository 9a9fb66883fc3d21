import { EVENT_ID, getScalarValue } from 'js-yaml';
import type { Look } from './look.ts';
import { childrenOf, eventOf, type YamlNode } from './yaml-tree.ts';

/** Looks at an object's type in its events. */
export function lookAtNode(node: YamlNode): Look {
  const event = eventOf(node);
  const nothing = { apiVersion: undefined, kind: undefined, sections: undefined };
  if (event?.type === EVENT_ID.SEQUENCE) return { shape: 'a list', ...nothing };
  if (event?.type === EVENT_ID.ALIAS) return { shape: 'an alias', ...nothing };
  if (event?.type !== EVENT_ID.MAPPING) return { shape: isNull(node) ? 'null' : 'a string', ...nothing };
  return {
    shape: 'mapping',
    apiVersion: stringAt(node, 'apiVersion'),
    kind: stringAt(node, 'kind'),
    sections: undefined,
  };
}

/** The value at a key of a mapping; the first one where a key is written twice. */
export function valueAt(node: YamlNode, key: string): YamlNode | undefined {
  return pairsOf(node).find((pair) => scalarOf(pair.key)?.value === key)?.value;
}

/** The keys and values of a mapping. */
export function pairsOf(node: YamlNode): { key: YamlNode; value: YamlNode }[] {
  const children = childrenOf(node);
  return children.flatMap((key, number) => {
    const value = children[number + 1];
    return number % 2 === 0 && value !== undefined ? [{ key, value }] : [];
  });
}

/** Whether a node is an empty or null scalar. */
export function isNull(node: YamlNode): boolean {
  const scalar = scalarOf(node);
  return scalar?.isPlain === true && /^(?:|~|null|Null|NULL)$/.test(scalar.value);
}

function stringAt(node: YamlNode, key: string): string | undefined {
  const value = valueAt(node, key);
  const scalar = value === undefined ? undefined : scalarOf(value);
  if (scalar === undefined || (scalar.isPlain && /^(?:|~|null|true|false|[-+.0-9]+)$/i.test(scalar.value))) {
    return undefined;
  }
  return scalar.value === '' ? undefined : scalar.value;
}

function scalarOf(node: YamlNode): { value: string; isPlain: boolean } | undefined {
  const event = eventOf(node);
  if (event?.type !== EVENT_ID.SCALAR) return undefined;
  const isPlain = event.style === 1 && event.tagStart < 0;
  return { value: event.valueStart < 0 ? '' : getScalarValue(node.tree.source, event), isPlain };
}
