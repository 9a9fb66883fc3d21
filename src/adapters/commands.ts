/** A command: `words` are what follows its name. Writes stdout and stderr, and answers the exit status. */
export type Command = (words: readonly string[]) => number | Promise<number>;

/** The commands beside the function itself, by name. Each is loaded when it is used, so that the function starts at once. */
export const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['argocd', async () => (await import('./argocd.ts')).argocdCommand],
  ['check', async () => (await import('./check.ts')).checkCommand],
  ['plan', async () => (await import('./plan.ts')).planCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['explain', async () => (await import('./explain.ts')).explainCommand],
  ['graph', async () => (await import('./graph.ts')).graphCommand],
  ['helm-post-renderer', async () => (await import('./helm-post-renderer.ts')).helmPostRendererCommand],
  ['lint', async () => (await import('./lint.ts')).lintCommand],
  ['matrix', async () => (await import('./matrix.ts')).matrixCommand],
  ['run', async () => (await import('./argocd/engine.ts')).runAsEngine],
  ['script', async () => (await import('./script.ts')).scriptCommand],
  ['diff', async () => (await import('./diff.ts')).diffCommand],
]);
