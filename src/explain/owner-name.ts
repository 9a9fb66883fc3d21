import { controllersOf } from '../infer/controllers.ts';
import { nameOf } from '../infer/subject.ts';
import type { Workload } from '../model/workload.ts';

/** `Deployment/shop/web`: the object that makes a workload's pods, also where only its Pods are in the input. */
export function ownerName(workload: Workload): string {
  const owner = controllersOf(workload).at(-1);
  return nameOf(owner === undefined ? workload.resource : { ...owner, namespace: workload.resource.namespace });
}
