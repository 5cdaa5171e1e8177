/** Checks one value of a JSON file; `problem` is called with the place of the first thing that is wrong. */
export type Shape = (value: unknown, where: string) => string | null;

const wrong = (where: string, expected: string) => `${where} is not ${expected}`;

export const text: Shape = (value, where) => (typeof value === 'string' ? null : wrong(where, 'a text'));

export const flag: Shape = (value, where) =>
  typeof value === 'boolean' ? null : wrong(where, 'true or false');

/** Finite: JSON has no other numbers, but 1e999 reads as infinity. */
export const number: Shape = (value, where) => (Number.isFinite(value) ? null : wrong(where, 'a number'));

export const count: Shape = (value, where) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? null : wrong(where, 'a count');

export const anything: Shape = (value, where) => (value === undefined ? wrong(where, 'there') : null);

export const nullable =
  (shape: Shape): Shape =>
  (value, where) =>
    value === null ? null : shape(value, where);

/** The key itself may be absent. */
export const optional = (shape: Shape): Shape =>
  Object.assign((value: unknown, where: string) => (value === undefined ? null : shape(value, where)), {
    optional: true,
  });

export const oneOf =
  (...allowed: readonly string[]): Shape =>
  (value, where) =>
    allowed.includes(value as string) ? null : wrong(where, `one of ${allowed.join(', ')}`);

export const list =
  (shape: Shape): Shape =>
  (value, where) => {
    if (!Array.isArray(value)) return wrong(where, 'a list');
    return firstProblem(value.map((item, i) => () => shape(item, `${where}[${i}]`)));
  };

export const record =
  (shape: Shape): Shape =>
  (value, where) => {
    if (!isObject(value)) return wrong(where, 'an object');
    return firstProblem(Object.keys(value).map((key) => () => shape(value[key], `${where}.${key}`)));
  };

/** An object with these keys; others may be there, as a newer writer of the same version may add some. */
export const object =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, where) => {
    if (!isObject(value)) return wrong(where, 'an object');
    return firstProblem(
      Object.entries(shapes).map(([key, shape]) => () => {
        const place = where === '' ? key : `${where}.${key}`;
        return key in value || 'optional' in shape ? shape(value[key], place) : `${place} is missing`;
      }),
    );
  };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstProblem(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const problem = check();
    if (problem) return problem;
  }
  return null;
}
