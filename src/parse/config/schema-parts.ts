import * as z from 'zod/mini';

// The error of a part is what it must be, said so that it follows "must be": see report-issues.ts.

/** A mapping without other fields; `want` says what it is. */
export function mappingOf<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  want: string,
): z.ZodMiniObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? known : want) });
}

/** An optional field, with what an editor shows for it. */
export function field<Part extends z.core.SomeType>(part: Part, description: string): z.ZodMiniOptional<Part> {
  const optional = z.optional(part);
  z.globalRegistry.add(optional, { description });
  return optional;
}

/** A required field, with what an editor shows for it. */
export function required<Part extends z.ZodMiniType>(part: Part, description: string): Part {
  const own = part.clone() as Part;
  z.globalRegistry.add(own, { description });
  return own;
}

/** A part that the JSON schema holds once, under a name. */
export function named<Part extends z.ZodMiniType>(part: Part, id: string, description: string): Part {
  z.globalRegistry.add(part, { id, description });
  return part;
}

/** Text that matches a pattern. */
export function text(want: string, pattern?: RegExp): z.ZodMiniString {
  const string = z.string({ error: want });
  return pattern === undefined ? string : string.check(z.regex(pattern, { error: want }));
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
): z.ZodMiniEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words, { error: words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}` });
}

export const bool: z.ZodMiniBoolean = z.boolean({ error: 'true or false' });

/** A name of letters, digits and dashes, as part of a pattern. */
export const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

export const namespaceName: z.ZodMiniString = text('the name of a namespace', new RegExp(`^${LABEL}$`));
export const objectName: z.ZodMiniString = text(
  'a name of lower-case letters, digits, "-" and "."',
  new RegExp(`^${LABEL}(\\.${LABEL})*$`),
);
export const namespaceNames: z.ZodMiniArray<z.ZodMiniString> = z.array(namespaceName, {
  error: 'a list of namespaces',
});
export const range: z.ZodMiniString = text('a range of addresses such as "10.0.0.0/8"');
export const ranges: z.ZodMiniArray<z.ZodMiniString> = z.array(range, { error: 'a list of ranges of addresses' });
