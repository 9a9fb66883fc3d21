import type { Workload } from '../model/workload.ts';

type Controller = NonNullable<Workload['controller']>;

/**
 * A workload's controller, and what that one's own controller would be by the names that Kubernetes gives: a dump of
 * Deployments and Pods has no ReplicaSet between them, one of CronJobs and Pods no Job.
 */
export function controllersOf({ controller, labels }: Workload): readonly Controller[] {
  if (controller === undefined) return [];
  const { kind, name } = controller;
  if (kind === 'ReplicaSet') {
    const { 'pod-template-hash': hash, 'rollouts-pod-template-hash': rolloutHash } = labels;
    return [controller, ...named('Deployment', name, hash), ...named('Rollout', name, rolloutHash)];
  }
  // A CronJob calls its Jobs after itself and the minute of their schedule; older clusters took the second.
  const minute = kind === 'Job' ? /-(\d{8,})$/.exec(name)?.[1] : undefined;
  return [controller, ...named('CronJob', name, minute)];
}

/** The owner of `name`, which is the owner's own name and what tells its parts from each other. */
function named(kind: string, name: string, ending: string | undefined): Controller[] {
  return ending !== undefined && name.endsWith(`-${ending}`) ? [{ kind, name: name.slice(0, -ending.length - 1) }] : [];
}
