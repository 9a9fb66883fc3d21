import type { PeerTerm } from '../../model/declaration.ts';
import { clusterDnsName } from './cluster-dns-name.ts';
import { dnsNameLike, isDnsLabel, isDnsSubdomain } from './dns-name.ts';
import type { GrammarCode, OnFault, Token } from './fault.ts';
import { isKeyword } from './keyword.ts';
import { isLabelKey } from './label-syntax.ts';

const NAME_RULE = 'must be a name of lower-case letters, digits, "-" and "."';
const NAMESPACE_RULE = 'must be a namespace of lower-case letters, digits and "-"';

/** Reads a keyword, `name`, `./name`, `ns/name` or `ns/*`. `whole` is the item with its ports, for suggestions. */
export function parseNamed(head: Token, whole: Token, onFault: OnFault): PeerTerm | undefined {
  const fault = (code: GrammarCode, must: string, hint?: { want?: string | undefined; advice?: string }) => {
    const want = hint?.want === undefined ? undefined : hint.want + whole.text.slice(head.text.length);
    onFault({ code, at: head.offset, must, got: whole.text, ...hint, want });
    return undefined;
  };
  const refused = whatIsWrong(head.text);
  if (refused !== undefined) return fault(refused.code, refused.must, refused);
  if (isKeyword(head.text)) return { kind: 'keyword', keyword: head.text };
  const slash = head.text.indexOf('/');
  const name = head.text.slice(slash + 1);
  const namespace = slash < 0 ? undefined : head.text.slice(0, slash);
  if (namespace === undefined) return { kind: 'name', namespace, name, local: false };
  if (namespace === '.') return { kind: 'name', namespace: undefined, name, local: true };
  return name === '*' ? { kind: 'namespace', namespace } : { kind: 'name', namespace, name, local: false };
}

interface Refusal {
  readonly code: GrammarCode;
  readonly must: string;
  readonly want?: string | undefined;
  readonly advice?: string;
}

function whatIsWrong(text: string): Refusal | undefined {
  const [first = '', second, ...more] = text.split('/');
  if (text === '') return { code: 'invalid-peer', must: 'must have a peer before ":"' };
  if (text.includes('*')) return wildcardRefusal(first, second, more);
  if (text.includes('!')) return { code: 'invalid-peer', must: 'must have exceptions ("!") only after a range' };
  if (isKeyword(text.toLowerCase()) && text !== text.toLowerCase()) {
    return { code: 'invalid-peer', must: 'must write keywords in lower case', want: text.toLowerCase() };
  }
  const dnsName = clusterDnsName(text);
  if (dnsName !== undefined) {
    const must = 'must name an object as "namespace/name", not by its name in the cluster\'s DNS';
    return { code: 'cluster-dns-name', must, want: dnsName };
  }
  return nameRefusal(text, first, second, more);
}

function wildcardRefusal(first: string, second: string | undefined, more: readonly string[]): Refusal | undefined {
  const code = 'invalid-wildcard';
  if (second === '*' && more.length === 0 && isDnsLabel(first)) return undefined;
  if (first === '*' && second === undefined) {
    const advice = '"cluster" is every pod of every namespace, "anywhere" also everything outside';
    return { code, must: 'must say which peers', advice };
  }
  if (first === '*' && second === '*' && more.length === 0) {
    return { code, must: 'must write every pod of every namespace as a keyword', want: 'cluster' };
  }
  if (first === '.' && second === '*' && more.length === 0) {
    return { code, must: 'must write every pod of this namespace as a keyword', want: 'namespace' };
  }
  const advice = 'several objects are selected by label, as in "shop/app=web" or "*/app=web"';
  return { code, must: 'must have a wildcard only as "namespace/*", or as the namespace of labels', advice };
}

function nameRefusal(
  text: string,
  first: string,
  second: string | undefined,
  more: readonly string[],
): Refusal | undefined {
  const code = 'invalid-peer';
  if (second === undefined) {
    return isDnsSubdomain(text) ? undefined : { code, must: NAME_RULE, want: dnsNameLike(text, isDnsSubdomain) };
  }
  if (more.length > 0) return { code, must: 'must have at most one "/" in a name' };
  if (first === '' || second === '') return { code, must: 'must have a namespace and a name around "/"' };
  if (first.includes('.') && first !== '.' && isLabelKey(text)) {
    return { code, must: 'must have a value after the key of a label', advice: `write "${text}=value"` };
  }
  if (first !== '.' && !isDnsLabel(first)) return { code, must: NAMESPACE_RULE, want: likeNamespaced(first, second) };
  if (isDnsSubdomain(second)) return undefined;
  const like = dnsNameLike(second, isDnsSubdomain);
  return { code, must: NAME_RULE, want: like && `${first}/${like}` };
}

function likeNamespaced(namespace: string, name: string): string | undefined {
  const like = dnsNameLike(namespace, isDnsLabel);
  return like && isDnsSubdomain(name) ? `${like}/${name}` : undefined;
}
