import type { PeerTerm } from '../../model/declaration.ts';
import { isDnsLabel } from './dns-name.ts';
import { type OnFault, sliceToken, splitToken, type Token } from './fault.ts';
import { isLabelKey, isLabelValue, LABEL_KEY_RULE, LABEL_VALUE_RULE } from './label-syntax.ts';

/**
 * Reads `[(ns|*)/]key=value{&key=value}`. Before the first `=`, a first segment without a dot is a namespace (`.`: the
 * speaker's own), because prefixes of keys are domains. Only the first label can have one.
 */
export function parseLabels(token: Token, onFault: OnFault): PeerTerm | undefined {
  const { namespace, from } = namespaceOf(token.text);
  if (namespace !== undefined && namespace !== '*' && !isDnsLabel(namespace)) {
    return wrongLabel(token, 'must begin with a namespace or the key of a label', onFault);
  }
  const pieces = splitToken(sliceToken(token, from), '&');
  const labels = pieces.flatMap((piece) => {
    const label = parseLabel(piece, onFault);
    return label === undefined ? [] : [label];
  });
  if (labels.length < pieces.length || hasKeyTwice(labels, token, onFault)) return undefined;
  return { kind: 'labels', namespace, labels };
}

function namespaceOf(text: string): { readonly namespace: string | undefined; readonly from: number } {
  const slash = text.slice(0, text.indexOf('=')).indexOf('/');
  const segment = text.slice(0, slash);
  if (slash < 0 || (segment !== '.' && segment.includes('.'))) return { namespace: undefined, from: 0 };
  return { namespace: segment === '.' ? undefined : segment, from: slash + 1 };
}

function parseLabel(token: Token, onFault: OnFault): readonly [string, string] | undefined {
  const equals = token.text.indexOf('=');
  if (equals < 0) {
    return wrongLabel(token, 'must be a label written "key=value" after "&"', onFault, {
      advice: 'a key with any value needs a selector with "Exists" in the config\'s peers',
    });
  }
  const key = token.text.slice(0, equals);
  const value = token.text.slice(equals + 1);
  if (value.startsWith('=')) {
    return wrongLabel(token, 'must have one "=" in a label', onFault, { want: `${key}${value}` });
  }
  if (key.endsWith('!') || key.startsWith('!')) {
    return wrongLabel(token, 'must not negate a label', onFault, {
      advice: 'a selector with "NotIn" or "DoesNotExist" goes into the config\'s peers',
    });
  }
  if (!isLabelKey(key)) return wrongLabel(token, `must have a key of ${LABEL_KEY_RULE}`, onFault);
  if (isLabelValue(value)) return [key, value];
  const place = sliceToken(token, equals + 1);
  if (value === '*') {
    return wrongLabel(place, 'must be the value of a label, without wildcards', onFault, {
      advice: 'a key with any value needs a selector with "Exists" in the config\'s peers',
    });
  }
  return wrongLabel(place, `must be a label's value: ${LABEL_VALUE_RULE}`, onFault);
}

function hasKeyTwice(labels: readonly (readonly [string, string])[], token: Token, onFault: OnFault): boolean {
  const keys = new Set<string>();
  const again = labels.find(([key]) => keys.size === keys.add(key).size);
  if (again === undefined) return false;
  wrongLabel(token, `must not name the key "${again[0]}" twice in one item`, onFault, {
    advice: 'pods with one value or another are two items',
  });
  return true;
}

function wrongLabel(
  token: Token,
  must: string,
  onFault: OnFault,
  hint: { readonly want?: string; readonly advice?: string } = {},
): undefined {
  onFault({ code: 'invalid-label', at: token.offset, must, got: token.text, ...hint });
  return undefined;
}
