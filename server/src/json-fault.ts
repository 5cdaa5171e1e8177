/** One token at the front of JSON text: space, punctuation, a string, a number or a word. */
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a JSON string holds none, so the pattern names them.
  /[ \t\n\r]*(?:([{}[\]:,])|("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/**
 * Where JSON text stops being JSON, counted in characters from 0; undefined where all of it is. V8 names the place in
 * some of its errors only, and whoever debugs a client wants it in each.
 */
export function jsonFault(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; at = token.lastIndex) {
    const start = at + (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0);
    if (start === text.length) return open.length === 0 && expected === ', or end' ? undefined : start;
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) return start;
    const next = step(open, expected, match);
    if (!next) return start;
    expected = next;
  }
}

/** What may follow the token, or undefined where the token itself may not stand here. */
function step(open: string[], expected: Expected, [, mark, string]: RegExpExecArray): Expected | undefined {
  const inObject = open.at(-1) === '{';
  const closes = mark === '}' ? inObject : mark === ']' && open.at(-1) === '[';
  if (closes && (expected === ', or end' || expected === (inObject ? 'key or }' : 'value or ]'))) {
    open.pop();
    return ', or end';
  }
  if (mark === ',' && expected === ', or end' && open.length > 0) return inObject ? 'key' : 'value';
  if (mark === ':' && expected === ':') return 'value';
  if (string !== undefined && expected.startsWith('key')) return ':';
  if (!expected.startsWith('value')) return undefined;
  if (mark === '{' || mark === '[') open.push(mark);
  if (mark === undefined) return ', or end';
  return mark === '{' ? 'key or }' : mark === '[' ? 'value or ]' : undefined;
}
