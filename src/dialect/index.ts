import { renderKubernetes } from './k8s.ts';
import type { Renderer } from './renderer.ts';

/** The renderers by the name that the config's `dialect` gives them. */
export const DIALECTS: ReadonlyMap<string, Renderer> = new Map([['kubernetes', renderKubernetes]]);
