/** One requirement of a label selector; `matchLabels` are read as `In` with one value. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** Empty for Exists and DoesNotExist. */
  readonly values: readonly string[];
}

/** A normalised label selector: all requirements must hold, so the empty one selects everything. */
export type LabelSelector = readonly Requirement[];
