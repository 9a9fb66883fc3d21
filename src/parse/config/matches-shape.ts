/** A part of the config's JSON schema, with the keywords that its zod schema needs. */
export type Shape = Readonly<{
  type?: string;
  $ref?: string;
  allOf?: readonly Shape[];
  anyOf?: readonly Shape[];
  enum?: readonly unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  items?: Shape;
  minItems?: number;
  properties?: Readonly<Record<string, Shape>>;
  required?: readonly string[];
  additionalProperties?: boolean | Shape;
}>;

/** Parts that others refer to, by the end of their `$ref`. */
export type Definitions = Readonly<Record<string, Shape>>;

/**
 * Whether a value has a shape. Loading zod takes longer than a small run, so it is asked only where this says no, and
 * then what is wrong. A test holds the two to one answer.
 */
export function matchesShape(value: unknown, shape: Shape, definitions: Definitions): boolean {
  const matches = (part: Shape): boolean => matchesShape(value, part, definitions);
  return (
    (shape.$ref === undefined || matches(definitions[shape.$ref] as Shape)) &&
    (shape.allOf === undefined || shape.allOf.every(matches)) &&
    (shape.anyOf === undefined || shape.anyOf.some(matches)) &&
    (shape.enum === undefined || shape.enum.includes(value)) &&
    (shape.type === undefined || matchesType(value, shape, definitions))
  );
}

function matchesType(value: unknown, shape: Shape, definitions: Definitions): boolean {
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' && (shape.pattern === undefined || new RegExp(shape.pattern).test(value));
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && isBetween(value, shape);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value) && matchesList(value, shape, definitions);
    case 'object':
      return isObject(value) && matchesMapping(value, shape, definitions);
    default:
      return false;
  }
}

function isBetween(value: number, { minimum = -Infinity, maximum = Infinity }: Shape): boolean {
  return minimum <= value && value <= maximum;
}

function matchesList(list: readonly unknown[], { items, minItems = 0 }: Shape, definitions: Definitions): boolean {
  return (
    list.length >= minItems && (items === undefined || list.every((entry) => matchesShape(entry, items, definitions)))
  );
}

function matchesMapping(value: Readonly<Record<string, unknown>>, shape: Shape, definitions: Definitions): boolean {
  const { properties = {}, required = [], additionalProperties = true } = shape;
  return (
    required.every((key) => Object.hasOwn(value, key)) &&
    Object.keys(value).every((key) => {
      if (key === '__proto__') return false;
      const part = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      return typeof part === 'object' ? matchesShape(value[key], part, definitions) : part === true;
    })
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
