/** What an Application said, by the parameters' names. What it left out is absent. */
export interface ParameterValues {
  readonly strings: ReadonlyMap<string, string>;
  readonly arrays: ReadonlyMap<string, readonly string[]>;
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Whether a parameter of two choices is "true". */
export function isOn({ strings }: ParameterValues, name: string): boolean {
  return strings.get(name) === 'true';
}
