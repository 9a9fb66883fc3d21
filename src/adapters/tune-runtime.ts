/** Below this many characters a run ends before any of this matters; loading `node:v8` takes longer. */
const LARGE = 250_000;

/** The young generation stays as small as it is: what is read there dies soon, and each new page of it costs time. */
const SMALL_NURSERY = '--semi-space-growth-factor=1';
/** Less of what a function calls is compiled into it. */
const LITTLE_INLINING = '--max-inlined-bytecode-size-cumulative=100';
/** Functions are compiled for the last time when they were called that often. */
const LATE_OPTIMISING = '--invocation-count-for-turbofan=30000';

/**
 * What suits a run of seconds, by the version of V8: it is over before more optimising pays, which would take up to two
 * fifths of the processor's time, and a larger young generation is a quarter of the memory. Measured on Node 20, 22, 24
 * and 26; other versions are left as they are.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  '11.3': [SMALL_NURSERY, LITTLE_INLINING, '--interrupt-budget=600000'],
  '12.4': [SMALL_NURSERY, LATE_OPTIMISING],
  '13.6': [SMALL_NURSERY, LITTLE_INLINING, LATE_OPTIMISING],
  '14.6': [SMALL_NURSERY, LITTLE_INLINING, LATE_OPTIMISING],
};

/** Tells the runtime how long this run will be: `length` characters are to be read. */
export function tuneRuntime(length: number): void {
  // What V8 keeps of a run serves later runs with the same settings only.
  if (length < LARGE || process.env['POSTERN_PRECOMPILE'] === '1') return;
  const [, version = ''] = /^(\d+\.\d+)\./.exec(process.versions.v8) ?? [];
  const flags = FLAGS[version] ?? [];
  if (flags.length > 0) process.getBuiltinModule('node:v8').setFlagsFromString(flags.join(' '));
}
