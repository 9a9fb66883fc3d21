import type { Lines } from '../input/lines.ts';

/** What the lines below a key say, by those lines. */
export type KnownBlocks = Map<string, object>;

const MOST_BLOCKS = 1000;
/** A shorter one is read as quickly as it is looked up. */
const SHORTEST_BLOCK = 100;
/** V8 tells much longer texts apart by their length alone. */
const LONGEST_BLOCK = 10_000;

/** They are kept for as long as the text that they are part of. */
const blocksOf = new WeakMap<Lines, KnownBlocks>();

/**
 * The blocks that were read of a text. One application in many namespaces or environments is the same `spec` over and
 * over, word for word; who reads it never changes it.
 */
export function knownBlocks(lines: Lines): KnownBlocks {
  let blocks = blocksOf.get(lines);
  if (blocks === undefined) {
    blocks = new Map();
    blocksOf.set(lines, blocks);
  }
  return blocks;
}

/** Whether a block of so many characters is looked up. */
export function isWorthKnowing(length: number): boolean {
  return length >= SHORTEST_BLOCK && length <= LONGEST_BLOCK;
}

/** Remembers a block. What it says must not depend on the lines around it. */
export function rememberBlock(blocks: KnownBlocks, block: string, value: object): void {
  if (blocks.size < MOST_BLOCKS) blocks.set(block, value);
}
