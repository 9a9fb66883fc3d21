/** How the pods of one kind are found in its objects. */
export interface PodSource {
  /** Path of the pod template; [] for a Pod, which is its own. */
  readonly template: readonly string[];
  /**
   * How its pods are told from others: the label selector at a path, a plain map of labels at a path, or the
   * template's own labels.
   */
  readonly selector:
    | { readonly kind: 'labelSelector'; readonly path: readonly string[] }
    | { readonly kind: 'labels'; readonly path: readonly string[] }
    | { readonly kind: 'template' };
  /** Labels that a controller adds to the pods, from the object's name. */
  readonly addedLabels?: readonly string[];
}

const TEMPLATE = ['spec', 'template'];
const SELECTOR = ['spec', 'selector'];
const replicated: PodSource = { template: TEMPLATE, selector: { kind: 'labelSelector', path: SELECTOR } };
const knative: PodSource = {
  template: TEMPLATE,
  selector: { kind: 'template' },
  addedLabels: ['serving.knative.dev/service'],
};

/** Built-in kinds with pods, by `group/kind`. `extensions` held the first three before Kubernetes 1.16. */
export const WORKLOAD_KINDS: ReadonlyMap<string, PodSource> = new Map([
  ['apps/Deployment', replicated],
  ['apps/StatefulSet', replicated],
  ['apps/DaemonSet', replicated],
  ['apps/ReplicaSet', replicated],
  ['extensions/Deployment', replicated],
  ['extensions/DaemonSet', replicated],
  ['extensions/ReplicaSet', replicated],
  ['argoproj.io/Rollout', replicated],
  ['/ReplicationController', { template: TEMPLATE, selector: { kind: 'labels', path: SELECTOR } }],
  ['/Pod', { template: [], selector: { kind: 'template' } }],
  [
    'batch/Job',
    { template: TEMPLATE, selector: { kind: 'template' }, addedLabels: ['batch.kubernetes.io/job-name', 'job-name'] },
  ],
  ['batch/CronJob', { template: ['spec', 'jobTemplate', 'spec', 'template'], selector: { kind: 'template' } }],
  ['serving.knative.dev/Service', knative],
]);
