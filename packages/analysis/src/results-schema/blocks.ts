/** A part of a JSON Schema (2020-12). */
export type Schema = Readonly<Record<string, unknown>>;

export const number: Schema = { type: 'number' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const text: Schema = { type: 'string' };
export const truth: Schema = { type: 'boolean' };
export const words = (...names: readonly string[]): Schema => ({ enum: names });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const maybe = nullable(number);
export const maps = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
/** One of the `definitions`. */
export const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
export const estimate = reference('estimate');
export const sloVerdict = words('met', 'violated', 'undecided', 'not-assessable');

/** An object with exactly these keys; the type makes a field that is added to the results be added here. */
export function object<T>(properties: { readonly [K in keyof T]-?: Schema }): Schema {
  return closed(properties, properties);
}
/** An object that may lack some keys: a law has no beta, say. The type tells which these are. */
export function partly<T>(
  required: { readonly [K in keyof T as undefined extends T[K] ? never : K]-?: Schema },
  optional: { readonly [K in keyof T as undefined extends T[K] ? K : never]-?: Schema },
): Schema {
  return closed({ ...optional, ...required }, required);
}

function closed(properties: object, required: object): Schema {
  return { type: 'object', properties, required: Object.keys(required), additionalProperties: false };
}

export const exactly = (properties: Readonly<Record<string, Schema>>) =>
  object<typeof properties>(properties);
/** A count for each of the names. */
export const each = (names: readonly string[]) =>
  exactly(Object.fromEntries(names.map((name) => [name, count])));
/** Exactly two. */
export const pair = (of: Schema): Schema => ({
  type: 'array',
  prefixItems: [of, of],
  items: false,
  minItems: 2,
});
