import type { Fault } from '../grammar/fault.ts';
import { grammarProblem, locateFaults } from '../grammar/grammar-error.ts';
import { placeOfSpot, type Spot } from './spot.ts';

/** Reports faults of a short text, such as one port: its field shows the place, so that no snippet is needed. */
export function reportFaults(text: string, faults: readonly Fault[], spot: Spot): void {
  if (faults.length === 0) return;
  for (const error of locateFaults(text, faults)) {
    const { snippet: _, ...problem } = grammarProblem(error, placeOfSpot(spot));
    spot.report(problem);
  }
}
