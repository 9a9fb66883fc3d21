import type { StringMap } from '../model/resource.ts';

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether the API would take a namespace of this name. */
export function isNamespaceName(name: string): boolean {
  return NAMESPACE.test(name);
}

/** Whether the API would take these labels on a pod; what it would not cannot be tried. */
export function areLabels(labels: StringMap): boolean {
  return Object.entries(labels).every(([key, value]) => isLabelKey(key) && isLabelValue(value));
}

/** Whether the API would take this key of a label. */
export function isLabelKey(key: string): boolean {
  return LABEL_KEY.test(key);
}

/** Whether the API would take this value of a label. */
export function isLabelValue(value: string): boolean {
  return LABEL_VALUE.test(value);
}
