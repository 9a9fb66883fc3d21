import { isDnsSubdomain } from './dns-name.ts';

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Whether Kubernetes takes this as the key of a label: `name` or `prefix/name`. */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  return isLabelName(key.slice(slash + 1)) && (slash < 0 || isDnsSubdomain(key.slice(0, slash)));
}

/** Whether Kubernetes takes this as the value of a label; it may be empty. */
export function isLabelValue(value: string): boolean {
  return value === '' || isLabelName(value);
}

function isLabelName(text: string): boolean {
  return text.length <= 63 && NAME.test(text);
}

/** What a key must be, for messages. */
export const LABEL_KEY_RULE = 'up to 63 letters, digits, "-", "_" and ".", maybe after a prefix and "/"';

/** What a value must be, for messages. */
export const LABEL_VALUE_RULE =
  'up to 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
