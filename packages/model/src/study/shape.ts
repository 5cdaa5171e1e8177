import { z } from 'zod';
import { EscalaError } from '../problems/problems.ts';
import { fillEach, sentences } from '../sentences/sentences.ts';

export const number = z.number();
export const count = z.int().min(0);
export const text = z.string();
export const flag = z.boolean();
/** A number that cannot be known or estimated is null, never zero. */
export const maybe = number.nullable();
/** A count for each of the names. */
export const each = <Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>);
/** The keys as `pick` takes them. */
export const marked = <Key extends string>(keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, true])) as Record<Key, true>;
export const valuesByName = z.record(text, z.union([number, text]));

const laterKeys = new WeakSet<z.core.$ZodType>();

/** A key that older files lack. Every file that this version writes has it, and so says the JSON Schema. */
export function later<T extends z.ZodType>(schema: T): z.ZodExactOptional<T> {
  const optional = schema.exactOptional();
  laterKeys.add(optional);
  return optional;
}

/** What a shape describes, as readers have it: nothing of it is changed. */
export type Read<Shape extends z.ZodType> = DeepReadonly<z.output<Shape>>;
type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/**
 * Returns `value` itself, so that keys that a newer version of Escala wrote stay in it.
 * @throws EscalaError DATA_INVALID, which names the first place that is wrong, as `plan[0].trials[1].cell.key`.
 */
export function checkShape<Shape extends z.ZodType>(
  where: string,
  shape: Shape,
  value: unknown,
): Read<Shape> {
  const [issue] = shape.safeParse(value).error?.issues ?? [];
  if (!issue) return value as Read<Shape>;
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const found = issue.path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown>)?.[key],
    value,
  );
  const says = sentences.model.shape[found === undefined ? 'missing' : 'other'];
  const detail = fillEach(says, { place: place.replace(/^\./, '') });
  throw new EscalaError('DATA_INVALID', { where, detail });
}

/** The JSON Schema (2020-12) of a file as this version writes it. */
export function jsonSchemaOf(title: string, shape: z.ZodType): object {
  const { $schema, ...schema } = z.toJSONSchema(shape, {
    override({ zodSchema, jsonSchema }) {
      const { def } = zodSchema._zod;
      if (def.type === 'object') jsonSchema.required = requiredKeys(def.shape);
      // JSON has no other whole numbers, so this says nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      delete jsonSchema.propertyNames;
    },
  });
  return { $schema, title, ...schema };
}

function requiredKeys(keys: Readonly<Record<string, z.core.$ZodType>>): string[] {
  return Object.entries(keys).flatMap(([key, schema]) =>
    schema._zod.optin === undefined || laterKeys.has(schema) ? [key] : [],
  );
}
