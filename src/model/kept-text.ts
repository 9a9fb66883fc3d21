/** How a value was printed last: behind what, and the text. Empty before. */
export interface KeptText {
  indent: string;
  text: string;
}

const texts = new WeakMap<object, KeptText>();

/** Tells printers that a value stands in many manifests, so that its text is worth keeping. It must never change. */
export function keepText<Value extends object>(value: Value): Value {
  texts.set(value, { indent: '', text: '' });
  return value;
}

/** The text of a value for which it is worth keeping. */
export function keptText(value: object): KeptText | undefined {
  return texts.get(value);
}
