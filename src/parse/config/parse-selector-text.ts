import type { LabelSelector, Requirement } from '../../model/label-selector.ts';
import { isLabelKey, isLabelValue } from '../grammar/label-syntax.ts';

const SET = /^(?<key>\S+)\s+(?<operator>in|notin)\s*\((?<values>[^()]*)\)$/;
const EQUALITY = /^(?<key>[^\s=!<>]+)\s*(?<operator>==|=|!=)\s*(?<value>[^\s=!<>]*)$/;
const EXISTENCE = /^(?<not>!?)\s*(?<key>[^\s=!<>]+)$/;

/**
 * Reads a selector as kubectl's `-l` and the targets of Kustomize's patches write it: `app=web,tier in (a,b),!old`.
 * undefined where it is none.
 */
export function parseSelectorText(text: string): LabelSelector | undefined {
  const parts = text.trim() === '' ? [] : text.split(/,(?![^(]*\))/);
  const read = parts.map((part) => readPart(part.trim()));
  const valid = read.filter((requirement) => requirement !== undefined);
  const isValid = valid.every(({ key, values }) => isLabelKey(key) && values.every(isLabelValue));
  return isValid && valid.length === parts.length ? valid : undefined;
}

function readPart(part: string): Requirement | undefined {
  const set = SET.exec(part)?.groups;
  if (set !== undefined) {
    const values = (set['values'] ?? '').split(',').map((value) => value.trim());
    return { key: set['key'] ?? '', operator: set['operator'] === 'in' ? 'In' : 'NotIn', values };
  }
  const equality = EQUALITY.exec(part)?.groups;
  if (equality !== undefined) {
    const operator = equality['operator'] === '!=' ? 'NotIn' : 'In';
    return { key: equality['key'] ?? '', operator, values: [equality['value'] ?? ''] };
  }
  const existence = EXISTENCE.exec(part)?.groups;
  if (existence === undefined) return undefined;
  return { key: existence['key'] ?? '', operator: existence['not'] === '!' ? 'DoesNotExist' : 'Exists', values: [] };
}
