import type { Report } from '../model/problem.ts';
import type { Fields } from './fields.ts';

/**
 * A reader that reads each value once. Objects that say the same word for word share the value of what they say (see
 * `plain/known-blocks.ts`), so what was made of it is shared too. Where there was a problem it is read again, since each
 * object has its problems told at its own place. What is read must not depend on anything but the value.
 */
export function readOnce<Read>(read: (fields: Fields) => Read): (fields: Fields) => Read {
  const known = new WeakMap<object, Read>();
  return (fields) => {
    const before = known.get(fields.value);
    if (before !== undefined) return before;
    let isSound = true;
    const report: Report = (problem) => {
      isSound = false;
      fields.report(problem);
    };
    const now = read(fields.reportingTo(report));
    if (isSound) known.set(fields.value, now);
    return now;
  };
}
