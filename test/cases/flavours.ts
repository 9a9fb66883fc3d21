import type { Flavour } from './annotate.ts';

/** Every flavour, in the order in which they are tried. */
export const FLAVOURS: readonly Flavour[] = ['both-ends', 'asks', 'grants', 'service-grants'];
