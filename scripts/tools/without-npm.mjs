/** `npm run` hands its own settings down, and an npm inside it would take this project for the one to install into. */
export function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !/^(npm_|INIT_CWD$)/i.test(key)));
}
