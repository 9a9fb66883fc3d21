import assert from 'node:assert/strict';
import type { Changes, Input, InputItem } from '../../src/model/input.ts';
import type { Problem } from '../../src/model/problem.ts';
import { openInput } from '../../src/parse/input/open-input.ts';

/** What opening a text gives, with what it reported. */
export interface Opened {
  readonly input: Input | undefined;
  readonly problems: readonly Problem[];
}

export const NO_CHANGES: Changes = { replace: new Map(), remove: new Set(), append: [] };

export function open(text: string): Opened {
  const problems: Problem[] = [];
  const input = openInput(text, (problem) => problems.push(problem));
  return { input, problems };
}

/** Opens a text that must open without a problem. */
export function openWell(text: string): Input {
  const { input, problems } = open(text);
  assert.deepEqual(problems, []);
  assert.ok(input !== undefined);
  return input;
}

/** The value of an item that must be readable. */
export function valueOfItem(item: InputItem | undefined): unknown {
  assert.ok(item !== undefined);
  const read = item.read();
  assert.ok('value' in read, JSON.stringify(read));
  return read.value;
}

/** `apiVersion/kind` of each item. */
export function typesOf(input: Input): string[] {
  return input.items.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
}
