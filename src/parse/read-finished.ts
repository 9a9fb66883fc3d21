import type { Config } from '../model/config.ts';
import type { InputItem, PlacedObject } from '../model/input.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import { readResources } from './read-resources.ts';

/** The policies of the items that stay and of objects that are about to be written, as whoever looks at the build reads them. */
export function readFinished(
  items: readonly InputItem[],
  objects: readonly PlacedObject[],
  config: Config,
): readonly NetworkPolicy[] {
  const written = objects.map((object, index) => itemOf(object, items.length + index));
  const { resources } = readResources([...items, ...written], config, ignore);
  return resources.policies.map(({ policy }) => policy);
}

function itemOf(object: PlacedObject, index: number): InputItem {
  const { apiVersion, kind } = object;
  return { index, apiVersion, kind, text: '', read: () => ({ value: object.manifest }) };
}

/** The items were read before, and what was wrong in them was said then. */
function ignore(): void {}
