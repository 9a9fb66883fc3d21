import { dump, load } from 'js-yaml';
import { isGenerated } from '../golden/generated.ts';
import type { GoldenCase } from '../golden/golden-case.ts';
import { parseItem, splitItems } from '../golden/split-items.ts';

interface ConfigObject {
  readonly kind: string;
  readonly spec?: object;
  readonly data?: object;
}

/** The config of a golden case with other fields; undefined where it is inside the input. */
export function configWith(
  { input, config }: Pick<GoldenCase, 'input' | 'config'>,
  fields: object,
): string | undefined {
  if (/^kind: ResourceList$/m.test(input)) return undefined;
  if (config === undefined) {
    return dump({
      apiVersion: 'postern.dev/v1alpha1',
      kind: 'NetworkPolicyGenerator',
      metadata: { name: 'netpol' },
      spec: fields,
    });
  }
  let object: ConfigObject;
  try {
    object = load(config) as ConfigObject;
  } catch {
    return undefined;
  }
  return dump(
    object.kind === 'ConfigMap'
      ? { ...object, data: { ...object.data, ...fields } }
      : { ...object, spec: { ...object.spec, ...fields } },
  );
}

/** The objects that a run wrote, as values. */
export function writtenObjects<Value>(output: string): readonly Value[] {
  return splitItems(output)
    .items.filter(isGenerated)
    .map((item) => parseItem(item) as Value);
}

/** Objects as a stream. */
export function streamOf(objects: readonly unknown[]): string {
  return objects.map((object) => dump(object)).join('---\n');
}
