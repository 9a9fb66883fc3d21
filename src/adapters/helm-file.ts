/** Where Helm 4 notes the chart's file that an object comes from; it takes the note off what it gets back. */
export const FILE_NAME = 'postrenderer.helm.sh/postrender-filename';

/**
 * The file of the chart that new policies are to be taken for, so that it is the same whatever else the chart holds:
 * Helm would number them among all objects. `manifests` is what Helm sends.
 */
export function fileOfPolicies(manifests: string): string {
  const [, chart = 'chart'] =
    /postrenderer\.helm\.sh\/postrender-filename["']?: *["']?([\w.-]+)\//.exec(manifests) ?? [];
  return `${chart}/templates/postern.yaml`;
}
