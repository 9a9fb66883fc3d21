import type { StringMap } from '../model/resource.ts';

/**
 * Makes objects without names but their own, as `Object.create(null)` does; those the runtime keeps as hash tables
 * several times their size, and labels and annotations are most of what is kept of the input.
 */
function Strings(): void {}
Strings.prototype = Object.create(null);

const StringsClass = Strings as unknown as new () => Record<string, never>;

/** A map to fill. */
export function newStringMap<Value = string>(): Record<string, Value> {
  return new StringsClass();
}

/** The empty map. */
export const NO_STRINGS: StringMap = newStringMap();
