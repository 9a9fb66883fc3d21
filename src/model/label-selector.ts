/** One requirement of a label selector; `matchLabels` are read as `In` with one value. */
export interface Requirement {
  readonly key: string;
  /** `Like` and `NotLike` come from Calico's selectors: `*` in a value stands for any text. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Like' | 'NotLike';
  /** Empty for Exists and DoesNotExist. */
  readonly values: readonly string[];
}

/** A normalised label selector: all requirements must hold, so the empty one selects everything. */
export type LabelSelector = readonly Requirement[];
