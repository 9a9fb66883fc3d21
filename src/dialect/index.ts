import type { DialectName } from '../model/dialect.ts';
import { renderCalico } from './calico.ts';
import { renderCilium } from './cilium.ts';
import { renderKubernetes } from './k8s.ts';
import type { Renderer } from './renderer.ts';

/** The renderers by the name that the config's `dialect` gives them. */
export const DIALECTS: ReadonlyMap<DialectName, Renderer> = new Map([
  ['kubernetes', renderKubernetes],
  ['cilium', renderCilium],
  ['calico', renderCalico],
]);
