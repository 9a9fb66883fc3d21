import type { Report } from '../model/problem.ts';

/** Passes each problem on once: a list of the config speaks for many objects, and a mistake in it is still one. */
export function reportOnce(report: Report): Report {
  const told = new Set<string>();
  return (problem) => {
    const { code, message, field, file, item } = problem;
    const key = JSON.stringify([code, message, field, file, item]);
    if (told.has(key)) return;
    told.add(key);
    report(problem);
  };
}
