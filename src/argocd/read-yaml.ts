import { loadAll } from 'js-yaml';

/** The documents of a text; undefined where it is no YAML, which whoever uses the file will say better. */
export function readYaml(text: string): readonly unknown[] | undefined {
  try {
    return loadAll(text);
  } catch {
    return undefined;
  }
}
