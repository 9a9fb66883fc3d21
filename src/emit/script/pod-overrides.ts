/**
 * What a client's pod has beside its labels, as a printf format of JSON: the owner's name and uid, the seconds that it may
 * live, and its own name.
 *
 * It is never ready, so that no Service sends it traffic although it has a workload's labels; and it has an owner, so that
 * no controller takes it for one of its own. The rest is what the restricted Pod Security Standard asks for.
 */
export const POD_OVERRIDES: string = JSON.stringify({
  metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: '%s', uid: '%s', controller: true }] },
  spec: {
    activeDeadlineSeconds: '%d',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    readinessGates: [{ conditionType: 'postern.dev/never-ready' }],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name: '%s',
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
      },
    ],
  },
}).replace('"%d"', '%d');
