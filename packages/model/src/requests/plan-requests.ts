import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { didYouMean, nearestOf } from '../problems/nearest.ts';
import { systemReason } from '../problems/system-reason.ts';
import { headerField } from '../program/option-kinds.ts';
import { MIX_BYTES_MAX, type PlannedRequest, type Template } from '../protocol/agent-protocol.ts';
import { fillEach, type Sentence, sentences } from '../sentences/sentences.ts';
import { describeBytes } from '../sentences/units.ts';
import type { RequestKind } from '../study/experiment.ts';
import {
  type Encoding,
  encoded,
  filledTemplate,
  hasStrayBrace,
  inBytes,
  placesIn,
  urlText,
} from './template.ts';
import { readTable, type Table, type Tell } from './values-table.ts';

const words = sentences.model.requests;

/** The largest body that is sent. */
const BODY_BYTES_MAX = 8 * 2 ** 20;

/** What is wrong, and the place in the list of kinds where it stands. */
interface RequestProblem {
  readonly path: readonly (string | number)[];
  readonly says: Sentence;
}

/**
 * Reads all that the requests need, beside the file in `folder`, and checks it: what is returned without problems can be
 * sent. Where there are problems, the requests are not to be used.
 */
export async function planRequests(
  kinds: readonly RequestKind[],
  folder: string,
): Promise<{ requests: readonly PlannedRequest[]; problems: readonly RequestProblem[] }> {
  const problems: RequestProblem[] = [];
  const requests: PlannedRequest[] = [];
  for (const [i, kind] of kinds.entries()) {
    const tell: Tell = (key, says) => void problems.push({ path: [i, key], says });
    requests.push(await planOne(kind, folder, tell));
  }
  const bytes = Buffer.byteLength(JSON.stringify(requests));
  if (bytes > MIX_BYTES_MAX) {
    problems.push({ path: [], says: fillEach(words.tooMuch, sizes(bytes, MIX_BYTES_MAX)) });
  }
  return { requests, problems };
}

async function planOne(kind: RequestKind, folder: string, tell: Tell): Promise<PlannedRequest> {
  const { name, weight, method, expect } = kind;
  const table = kind.values === undefined ? undefined : await readTable(folder, kind.values, tell);
  const templates = new Templates(table, kind.values !== undefined, tell);
  for (const [key, text] of [
    ['path', kind.path],
    ...Object.values(kind.query ?? {}).map((value) => ['query', value]),
  ] as const) {
    if (hasStrayBrace(text ?? '')) tell(key ?? '', fillEach(words.badBrace, { place: '{name}' }));
  }
  const path = pathOf(kind, templates);
  const fields = Object.entries(kind.headers ?? {});
  const headers = fields.map(([field, value]) => templates.header(field, value));
  const texts = await bodyTexts(kind, folder, tell);
  const given = fields.find(([field]) => field.toLowerCase() === 'content-type')?.[1];
  const isJson = given?.includes('json') ?? (texts.length > 0 && areJson(kind, texts));
  const encoding = isJson ? 'json' : given?.includes('x-www-form-urlencoded') ? 'url' : 'plain';
  const isFilled = kind.values !== undefined && !isLines(kind);
  const bodies = isFilled
    ? texts.map((text) => templates.of('body', text, encoding))
    : texts.map((text) => [text]);
  if (texts.length > 0 && given === undefined) {
    headers.push([`content-type: ${isJson ? 'application/json' : 'text/plain; charset=utf-8'}`]);
  }
  templates.checkUse();
  const { columns } = templates;
  if (isFilled && isJson && given === undefined && table) checkRows(bodies, columns, table, tell);
  return { name, weight, method, path, headers, bodies, columns, expect };
}

/** Templates of one kind of request, and the columns that they use. */
class Templates {
  readonly columns: (readonly string[])[] = [];
  readonly #used = new Map<string, number>();
  readonly #table: Table | undefined;
  readonly #hasValues: boolean;
  readonly #tell: Tell;

  /** Without a table, though values are named, what is wrong with these has been told. */
  constructor(table: Table | undefined, hasValues: boolean, tell: Tell) {
    this.#table = table;
    this.#hasValues = hasValues;
    this.#tell = tell;
  }

  /** `write` makes of the text between places what is sent. */
  of(key: string, text: string, encoding: Encoding, write = (literal: string) => literal): Template {
    const { texts, names } = placesIn(text);
    const parts: (string | number)[] = [write(texts[0] ?? '')];
    for (const [i, name] of names.entries()) {
      parts.push(this.#column(key, name, encoding), write(texts[i + 1] ?? ''));
    }
    return parts.filter((part) => part !== '');
  }

  header(field: string, value: string): Template {
    const text = `${field}: ${value}`;
    if (headerField.parse(text) === undefined)
      this.#tell('headers', fillEach(words.header, { field, allowed: headerField.allowed }));
    const template = this.#hasValues ? this.of('headers', inBytes(text), 'plain') : [inBytes(text)];
    for (const name of this.#hasValues ? placesIn(text).names : []) this.#checkHeaderCells(name);
    return template;
  }

  /** A file of values that nothing takes a cell of is a mistake in the places. */
  checkUse(): void {
    if (!this.#table || this.#used.size > 0) return;
    const name = this.#table.header[0] ?? 'name';
    this.#tell('values', fillEach(words.unused, { place: `{${name}}` }));
  }

  #column(key: string, name: string, encoding: Encoding): number {
    const place = `{${name}}`;
    const known = this.#used.get(`${encoding} ${name}`);
    if (known !== undefined) return known;
    const column = this.#table?.header.indexOf(name) ?? -1;
    if (!this.#hasValues) this.#tell(key, fillEach(words.needsValues, { place, twice: `{${place}}` }));
    else if (this.#table && column < 0) {
      const { file, header } = this.#table;
      const nearest = nearestOf(name, header);
      const said = {
        place,
        file,
        known: header.join(', '),
        nearest: didYouMean(nearest && `{${nearest}}`),
        twice: `{${place}}`,
      };
      this.#tell(key, fillEach(words.noColumn, said));
    }
    const cells = this.#table?.rows.map((row) => encoded(row.cells[column] ?? '', encoding)) ?? [''];
    this.#used.set(`${encoding} ${name}`, this.columns.length);
    return this.columns.push(cells) - 1;
  }

  #checkHeaderCells(name: string): void {
    const column = this.#table?.header.indexOf(name) ?? -1;
    const bad = this.#table?.rows.find(
      ({ cells }) => headerField.parse(`x: ${cells[column] ?? ''}`) === undefined,
    );
    if (bad)
      this.#tell(
        'values',
        fillEach(words.headerCell, { where: `${this.#table?.file}:${bad.line}`, place: `{${name}}` }),
      );
  }
}

function pathOf({ path, query = {} }: RequestKind, templates: Templates): Template {
  const parts = [...templates.of('path', path, 'url', urlText)];
  let sign = path.includes('?') ? '&' : '?';
  for (const [name, value] of Object.entries(query)) {
    parts.push(
      `${sign}${encodeURIComponent(name)}=`,
      ...templates.of('query', value, 'url', encodeURIComponent),
    );
    sign = '&';
  }
  return parts;
}

const fileOf = ({ body }: RequestKind) => (body && 'file' in body ? body.file : undefined);
const isLines = (kind: RequestKind) => extname(fileOf(kind) ?? '') === '.ndjson';

/** The bodies as bytes, each its own; none where something is wrong with them. */
async function bodyTexts(kind: RequestKind, folder: string, tell: Tell): Promise<string[]> {
  const { body } = kind;
  const file = fileOf(kind);
  if (body === undefined) return [];
  const bytes =
    file === undefined ? Buffer.from('text' in body ? body.text : '') : await readInput(folder, file, tell);
  if (bytes === undefined) return [];
  const name = file ?? words.body;
  const wrong = (says: Sentence, values = {}): string[] => {
    tell('body', fillEach(says, { file: name, ...values }));
    return [];
  };
  if (file !== undefined && bytes.toString('utf8').trim() === '') return wrong(words.emptyBody);
  const lines = isLines(kind) ? bytes.toString('latin1').split(/\r?\n/) : [bytes.toString('latin1')];
  const large = lines.find((line) => line.length > BODY_BYTES_MAX);
  if (large !== undefined) return wrong(words.largeBody, sizes(large.length, BODY_BYTES_MAX));
  const isMeantAsJson = isLines(kind) || (extname(file ?? '') === '.json' && kind.values === undefined);
  const line = isMeantAsJson ? lines.findIndex((one) => one.trim() !== '' && !isJson(one)) : -1;
  if (line >= 0) return wrong(words.notJson, { file: `${file}:${line + 1}` });
  return isLines(kind) ? lines.filter((one) => one.trim() !== '') : lines;
}

/** A file beside the experiment; undefined where it cannot be read, or is far too large to be sent with a plan. */
async function readInput(folder: string, file: string, tell: Tell): Promise<Buffer | undefined> {
  try {
    const { size } = await stat(resolve(folder, file));
    if (size <= MIX_BYTES_MAX) return await readFile(resolve(folder, file));
    tell('body', fillEach(words.largeFile, { file, ...sizes(size, MIX_BYTES_MAX) }));
  } catch (cause) {
    tell(
      'body',
      fillEach(words.unreadableBody, { file, reason: systemReason(cause), braced: `{ text: … }` }),
    );
  }
  return undefined;
}

const sizes = (size: number, most: number) => ({ size: describeBytes(size), most: describeBytes(most) });

/** Whether a body is JSON that says so nowhere: by its file's name, or as it is, with a number in each place. */
function areJson(kind: RequestKind, texts: readonly string[]): boolean {
  if (['.json', '.ndjson'].includes(extname(fileOf(kind) ?? ''))) return true;
  const { values } = kind;
  return texts.every((text) => isJson(values === undefined ? text : placesIn(text).texts.join('1')));
}

function isJson(bytes: string): boolean {
  try {
    JSON.parse(Buffer.from(bytes, 'latin1').toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** A text in a place without quotes, such as `{"id": {id}}`, makes JSON of numbers only. */
function checkRows(
  bodies: readonly Template[],
  columns: PlannedRequest['columns'],
  table: Table,
  tell: Tell,
): void {
  for (const [i, { line }] of table.rows.entries()) {
    if (bodies.every((body) => isJson(filledTemplate(body, columns, i)))) continue;
    tell('body', fillEach(words.rowNotJson, { where: `${table.file}:${line}` }));
    return;
  }
}
