import type { LinkerdServer } from '../model/linkerd-server.ts';
import { fieldsOf, mapping } from './fields.ts';
import { readLabelSelector } from './label-selector.ts';
import type { ReadObject } from './resource.ts';

/** Reads a Server of Linkerd; none where it selects no pods. It is read only to leave it alone, so in silence. */
export function readLinkerdServer({ resource, fields }: ReadObject, namespace: string): LinkerdServer[] {
  const silent = fieldsOf(fields.value, fields.place, () => {});
  const spec = mapping(silent, 'spec');
  const podSelector = spec === undefined ? undefined : readLabelSelector(spec, 'podSelector');
  const port = spec?.value['port'];
  if (podSelector === undefined || (typeof port !== 'number' && typeof port !== 'string')) return [];
  return [{ resource, namespace, podSelector, port }];
}
