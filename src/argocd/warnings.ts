import { writeOutput } from '../emit/write-output.ts';
import { type InputItem, type Manifest, NO_CHANGES } from '../model/input.ts';
import { MARK } from '../model/mark.ts';
import { isWrittenKind } from '../model/written-kinds.ts';
import { isMapping } from '../parse/fields.ts';
import { openInput } from '../parse/input/open-input.ts';

/** Where people who see no log find the warnings: on policies of Postern's own, never on what others wrote. */
export const WARNINGS = 'postern.dev/warnings';

/** Annotations hold 256 KiB in all. */
const MOST_CHARACTERS = 8 * 1024;

interface OwnPolicy {
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
  readonly manifest: Manifest;
}

/** A warning as it is printed, and the object that it is about. */
interface Warning {
  readonly line: string;
  readonly name: string;
  readonly namespace: string;
}

/** The lines among those of stderr that are warnings. */
export function warningsOf(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith('[warning] '));
}

/**
 * Writes each warning on the policy of the object that it is about, else on one of the same namespace, else on the
 * first. A stream without policies of Postern stays as it is.
 */
export function annotateWarnings(stream: string, lines: readonly string[]): string {
  const input = lines.length === 0 ? undefined : openInput(stream, () => {});
  const policies = (input?.items ?? []).flatMap(readPolicy);
  if (input === undefined || policies.length === 0) return stream;
  const told = new Map<OwnPolicy, string[]>();
  for (const warning of lines.map(readWarning)) {
    const policy = policyFor(warning, policies);
    if (policy !== undefined) told.set(policy, [...(told.get(policy) ?? []), warning.line]);
  }
  const replace = new Map([...told].map(([policy, own]) => [policy.index, withWarnings(policy.manifest, own)]));
  return writeOutput(input, { ...NO_CHANGES, replace }, []);
}

function readPolicy(item: InputItem): OwnPolicy[] {
  if (!isWrittenKind(item) || !item.text.includes(MARK)) return [];
  const read = item.read();
  if (!('value' in read) || !isMapping(read.value)) return [];
  const metadata = isMapping(read.value['metadata']) ? read.value['metadata'] : {};
  const annotations = isMapping(metadata['annotations']) ? metadata['annotations'] : {};
  if (annotations[MARK] === undefined) return [];
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return [
    { index: item.index, name: text(metadata['name']), namespace: text(metadata['namespace']), manifest: read.value },
  ];
}

/** `[warning] apps/v1/Deployment/shop/web spec.…: must …`; without an object the name stays empty. */
function readWarning(line: string): Warning {
  const [subject = ''] = line.replace(/^\[warning\] /, '').split(/:? /, 1);
  const words = subject.split('/');
  const kind = words.findIndex((word) => /^[A-Z]/.test(word));
  const [first = '', second] = kind > 0 ? words.slice(kind + 1) : [];
  return second === undefined ? { line, name: first, namespace: '' } : { line, name: second, namespace: first };
}

function policyFor({ name, namespace }: Warning, policies: readonly OwnPolicy[]): OwnPolicy | undefined {
  const near = policies.filter((policy) => policy.namespace === namespace);
  return near.find((policy) => policy.name === name) ?? near[0] ?? policies[0];
}

function withWarnings(manifest: Manifest, lines: readonly string[]): Manifest {
  const metadata = isMapping(manifest['metadata']) ? manifest['metadata'] : {};
  const annotations = isMapping(metadata['annotations']) ? metadata['annotations'] : {};
  return { ...manifest, metadata: { ...metadata, annotations: { ...annotations, [WARNINGS]: cut(lines) } } };
}

function cut(lines: readonly string[]): string {
  const kept = [...lines];
  while (kept.length > 1 && kept.join('\n').length > MOST_CHARACTERS) kept.pop();
  const left = lines.length - kept.length;
  return [...kept, ...(left === 0 ? [] : [`and ${left} more, in the log of the plugin's sidecar`])].join('\n');
}
