/** Below this many characters a run ends before the optimising compiler has begun; loading `node:v8` takes longer. */
const LARGE = 250_000;

/**
 * What makes the runtime wait before it compiles functions for the second time, and then compile less of what they call
 * into them, by the version of V8. A run of seconds is over before more of that pays: on Node 20 and 22 it takes two
 * fifths of the processor's time. From Node 24 on it is as quick with it as without, so nothing is said there.
 */
const FLAGS: Readonly<Record<string, string>> = {
  '11.3': '--interrupt-budget=600000 --max-inlined-bytecode-size-cumulative=100',
  '12.4': '--invocation-count-for-turbofan=30000',
};

/** Tells the runtime how long this run will be: `length` characters are to be read. */
export function delayOptimising(length: number): void {
  // What V8 keeps of a run serves later runs with the same settings only.
  if (process.env['POSTERN_PRECOMPILE'] === '1') return;
  const [, version = ''] = /^(\d+\.\d+)\./.exec(process.versions.v8) ?? [];
  const flag = FLAGS[version];
  if (flag !== undefined && length >= LARGE) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
