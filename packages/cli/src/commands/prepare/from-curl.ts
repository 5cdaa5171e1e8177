import { parseArgs } from 'node:util';
import { EscalaError, fill, type Language, secretFields, sentences } from '@escala/model';

const words = sentences.cli.fromCurl;

/** Words of a line as a shell takes them apart; undefined where a quote stays open. */
function shellWords(line: string): string[] | undefined {
  const found: string[] = [];
  const word = /\s*((?:[^\s'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+)\s*/y;
  while (word.lastIndex < line.length) {
    const [, text] = word.exec(line) ?? [];
    if (text === undefined) return undefined;
    found.push(
      text.replace(/\\\n|\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g, (_, escaped, single, double) => {
        return escaped ?? single ?? double?.replace(/\\\n|\\(["\\$`])/g, '$1') ?? '';
      }),
    );
  }
  return found.filter((one) => one !== '');
}

const given = { type: 'string', multiple: true } as const;
const ignored = { type: 'boolean' } as const;
/** Options of curl that say what is sent, and those that only say how it is shown. */
const options = {
  request: { type: 'string', short: 'X' },
  header: { ...given, short: 'H' },
  data: { ...given, short: 'd' },
  'data-raw': given,
  'data-binary': given,
  'data-ascii': given,
  json: { type: 'string' },
  url: { type: 'string' },
  head: { type: 'boolean', short: 'I' },
  silent: { ...ignored, short: 's' },
  'show-error': { ...ignored, short: 'S' },
  verbose: { ...ignored, short: 'v' },
  include: { ...ignored, short: 'i' },
  fail: { ...ignored, short: 'f' },
  compressed: ignored,
} as const;

/** What a header's name says to be a secret. */
const isSecret = (name: string) =>
  secretFields.test(name) || /token|secret|password|api-?key|^x-auth/i.test(name);
/** What the client writes itself. */
const isOwn = (name: string) =>
  /^(connection|content-length|expect|host|transfer-encoding|accept-encoding)$/i.test(name);

const wrong = (value: string) =>
  new EscalaError('OPTION_INVALID', { option: '--from-curl', value, allowed: words.allowed });

/** An experiment that sends what a command line of curl sends, and the variables that it takes secrets from. */
export function experimentFromCurl(
  curl: Curl,
  schema: string,
  language: Language,
): { readonly text: string; readonly secrets: readonly string[] } {
  const { url } = curl;
  const fields = curl.headers.filter(([name]) => !isOwn(name));
  const secrets = fields
    .filter(([name]) => isSecret(name))
    .map(([name]) => [name, variableOf(name)] as const);
  const headers = fields.filter(([name]) => !isSecret(name));
  const { body } = curl;
  const request = {
    name: 'curl',
    method: curl.method,
    path: url.pathname + url.search,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(body !== undefined && { body: body.startsWith('@') ? { file: body.slice(1) } : { text: body } }),
  };
  const secretLines = secrets.map(
    ([name, variable]) => `      ${JSON.stringify(name)}: { env: ${variable} }\n`,
  );
  const text = fill(words.experiment, language, {
    schema,
    url: url.origin,
    headers: secrets.length > 0 ? `    headers:\n${secretLines.join('')}` : '',
    request: JSON.stringify(request),
  });
  return { text, secrets: secrets.map(([, variable]) => variable) };
}

const variableOf = (name: string) =>
  name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_');

export type Curl = ReturnType<typeof readCurl>;

/** @throws EscalaError OPTION_INVALID, which names an option that is not known, and no value. */
export function readCurl(line: string) {
  const [first, ...args] = shellWords(line) ?? [];
  if (first !== 'curl') throw wrong(first ?? '…');
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    const isKnown = token.kind !== 'option' || Object.hasOwn(options, token.name);
    if (!isKnown) throw wrong(token.rawName);
  }
  const address = String(values.url ?? positionals[0] ?? '');
  const withScheme = /^https?:\/\//i.test(address) ? address : `http://${address}`;
  if (address === '' || !URL.canParse(withScheme)) throw wrong('…');
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '') throw wrong('user:password@');
  const parts = [values.data, values['data-raw'], values['data-binary'], values['data-ascii']];
  const data = parts.flatMap((one) => (one ?? []) as string[]);
  const json = values.json as string | undefined;
  const body = json ?? (data.length > 0 ? data.join('&') : undefined);
  const headers = ((values.header ?? []) as string[]).map((field): [string, string] => {
    const at = field.indexOf(':');
    return [field.slice(0, at).trim(), field.slice(at + 1).trim()];
  });
  if (body !== undefined && !headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.push([
      'content-type',
      json === undefined ? 'application/x-www-form-urlencoded' : 'application/json',
    ]);
  }
  const method = String(
    values.request ?? (values.head ? 'HEAD' : body === undefined ? 'GET' : 'POST'),
  ).toUpperCase();
  return { url, method, headers, body };
}
