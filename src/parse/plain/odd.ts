/** Thrown where a text leaves the subset that is read without the YAML parser. */
export const ODD: unique symbol = Symbol('not in the plain subset');
