import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import {
  EscalaError,
  type Fillings,
  fillEach,
  type ProblemCode,
  type Sentence,
  sentences,
} from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import {
  ANSWER_BYTES_MAX,
  RETRY_AFTER_MS_MAX,
  SAID_CHARACTERS_MAX,
  WATCH_LINE_CHARACTERS_MAX,
} from './limits.ts';

const texts = sentences.lab.apiAnswer;

/** What came back, read to its end. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** What was asked, and of whom. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly context: string;
  readonly server: string;
  readonly user: string;
}

/** An answer of the API server, or of what stands in its place, that is not what was asked for. */
export class ApiError extends EscalaError {
  /** 0 where the answer is not the API server's own word. */
  readonly status: number;
  /** What the server asks for with `retry-after`; undefined where it asks for nothing. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ProblemCode, values: Fillings, { status, headers }: ApiAnswer) {
    super(code, values);
    this.status = code === 'CLUSTER_STRANGE' ? 0 : status;
    const seconds = Number(headers['retry-after']);
    if (seconds >= 0) this.retryAfterMs = Math.min(seconds * 1_000, RETRY_AFTER_MS_MAX);
  }
}

/** The part of a Status that explains a refusal. */
interface Refusal {
  readonly message: string;
  readonly details?: {
    readonly kind?: unknown;
    readonly causes?: readonly { readonly reason?: unknown }[] | null;
  } | null;
}

/** Reads an answer to its end. */
export async function whole(response: IncomingMessage): Promise<ApiAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX) throw new RangeError('an answer without an end');
  }
  return { status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) };
}

/** @throws ApiError where the answer is not 2xx: the one place where a status becomes a sentence. */
export function requireDone(answer: ApiAnswer, asked: Asked): void {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  const refusal = refusalOf(answer);
  const detail = refusal?.message ?? said(answer);
  const { context, server, user } = asked;
  const values = { what: describeCall(asked), detail, context, server, user, status };
  const fail = (code: ProblemCode) => new ApiError(code, values, answer);
  if (status === 401) throw fail('CLUSTER_UNAUTHORIZED');
  if (status === 429 || status >= 500) throw fail('CLUSTER_FAILS');
  if (!refusal) {
    const to = answer.headers.location ? ` → ${answer.headers.location}` : '';
    throw strange(fillEach(texts.status, { status, to }), answer, asked);
  }
  if (isNamespaceEnding(status, refusal)) throw fail('NAMESPACE_ENDS');
  // A quota refuses with 403 too, and no right mends that.
  throw fail(status === 403 && !/quota/.test(detail) ? 'RIGHT_MISSING' : 'CLUSTER_REFUSED');
}

/** While a namespace is deleted nothing can be made in it, and then the namespace itself is not found. */
function isNamespaceEnding(status: number, { message, details }: Refusal): boolean {
  if (status === 404) return details?.kind === 'namespaces' || /^namespaces "[^"]*" not found/.test(message);
  const causes = Array.isArray(details?.causes) ? details.causes : [];
  return (
    causes.some((cause) => cause?.reason === 'NamespaceTerminating') || /is being terminated/.test(message)
  );
}

function refusalOf({ bytes }: ApiAnswer): Refusal | undefined {
  const value = parsed(bytes);
  return isMapping(value) && typeof value['message'] === 'string' ? (value as unknown as Refusal) : undefined;
}

/** @throws ApiError CLUSTER_STRANGE for what is not JSON, or no object. */
export function objectIn(answer: ApiAnswer, asked: Asked, needs: Needs = {}): Record<string, unknown> {
  const value = parsed(answer.bytes);
  if (value === undefined) {
    const type = answer.headers['content-type'] ?? '-';
    const isEmpty = answer.bytes.length === 0;
    throw strange(isEmpty ? texts.empty : fillEach(texts.notJson, { type }), answer, asked);
  }
  if (!isMapping(value)) throw misshapen('.', answer, asked);
  requireShape(value, answer, asked);
  for (const [path, type] of Object.entries(needs)) {
    const field = path
      .split('.')
      .reduce<unknown>((part, name) => (isMapping(part) ? part[name] : undefined), value);
    if (typeof field !== type) throw misshapen(path, answer, asked);
  }
  return value;
}

/** @throws ApiError CLUSTER_STRANGE for anything but a Status or the object that goes. */
export function removedIn(answer: ApiAnswer, asked: Asked): void {
  const { kind, items } = objectIn(answer, asked);
  const isOne = typeof kind === 'string' && items === undefined;
  if (!isOne) throw misshapen('kind', answer, asked);
}

/** Fields by path, and what kind of value each has to be. */
export type Needs = Readonly<Record<string, 'string' | 'boolean'>>;

export interface ListPage<T> {
  readonly items: T[];
  readonly version: string;
}

/** @throws ApiError CLUSTER_STRANGE for anything but a list of named objects. Go writes an empty list as null. */
export function pageIn<T extends KubernetesObject>(answer: ApiAnswer, asked: Asked): ListPage<T> {
  const { items, kind, metadata } = objectIn(answer, asked);
  const isList = kind === undefined || String(kind).endsWith('List');
  const list = isList && kind !== undefined && items === null ? [] : items;
  if (!isList || !Array.isArray(list)) throw misshapen('items', answer, asked);
  for (const item of list) requireNamed(item, answer, asked);
  const { resourceVersion } = (metadata ?? {}) as { resourceVersion?: unknown };
  return { items: list as T[], version: String(resourceVersion ?? '') };
}

/** @throws ApiError CLUSTER_STRANGE for anything but an object with a name. */
export function namedIn<T extends KubernetesObject>(answer: ApiAnswer, asked: Asked): T {
  const object: unknown = objectIn(answer, asked);
  requireNamed(object, answer, asked);
  return object as T;
}

/** One line of a watch. */
export interface Change<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
}

/** @throws ApiError as for a call: also for an error that the line tells of. Undefined for a bookmark. */
export function changeIn<T extends KubernetesObject>(line: string, asked: Asked): Change<T> | undefined {
  const answer: ApiAnswer = { status: 200, headers: {}, bytes: Buffer.from(line) };
  const { type, object } = objectIn(answer, asked);
  if (type === 'BOOKMARK') return undefined;
  if (type === 'ERROR') {
    objectIn({ ...answer, bytes: Buffer.from(JSON.stringify(object ?? null)) }, asked);
  }
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') throw misshapen('type', answer, asked);
  requireNamed(object, answer, asked);
  return { type, object: object as T };
}

/** The lines of a stream; what stands behind the last line's end is no line. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
    if (rest.length > WATCH_LINE_CHARACTERS_MAX) throw new RangeError('a line without an end');
  }
}

function requireNamed(item: unknown, answer: ApiAnswer, asked: Asked): void {
  requireShape(item, answer, asked);
  const { name } = ((item as KubernetesObject | null)?.metadata ?? {}) as { name?: unknown };
  if (typeof name !== 'string' || name === '') throw misshapen('metadata.name', answer, asked);
}

function requireShape(item: unknown, answer: ApiAnswer, asked: Asked): void {
  if (isMapping(item) && item['kind'] === 'Status') {
    const { status, code } = item;
    // A refusal stays one, whatever the answer's own status says.
    if (status === 'Failure')
      requireDone({ ...answer, status: Number(code) >= 300 ? Number(code) : 500 }, asked);
    return;
  }
  const misfit = misfitOf(item, objectShape, '');
  if (misfit !== null) throw misshapen(misfit, answer, asked);
}

/**
 * The fields of Kubernetes objects that are read here and are not text: `{}` stands for a mapping, `[x]` for a list of x.
 * In every kind a name stands for the same form.
 */
const objectShape = {
  metadata: { labels: {}, annotations: {} },
  spec: {
    containers: [{ resources: { requests: {}, limits: {} } }],
    volumes: [{ persistentVolumeClaim: {} }],
    limits: [{}],
    hard: {},
  },
  status: {
    conditions: [{}],
    containerStatuses: [{ state: { waiting: {}, terminated: {} }, lastState: { terminated: {} } }],
    allocatable: {},
    images: [{ names: [] }],
    hard: {},
    used: {},
  },
  involvedObject: {},
} as const;

/** The path of the first field that has another form; null where all fit. What is absent or null fits. */
function misfitOf(value: unknown, shape: unknown, path: string): string | null {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return path;
    if (shape.length === 0) return null;
    return firstOf(value, (one) => (isMapping(one) ? misfitOf(one, shape[0], `${path}[]`) : `${path}[]`));
  }
  if (!isMapping(value)) return path || '.';
  return firstOf(Object.entries(shape as object), ([name, inner]) => {
    const field = value[name];
    return field === undefined || field === null
      ? null
      : misfitOf(field, inner, path ? `${path}.${name}` : name);
  });
}

function firstOf<T>(values: readonly T[], find: (value: T) => string | null): string | null {
  for (const value of values) {
    const found = find(value);
    if (found !== null) return found;
  }
  return null;
}

const misshapen = (path: string, answer: ApiAnswer, asked: Asked) =>
  strange(fillEach(texts.shape, { path }), answer, asked);

function strange(detail: Sentence, answer: ApiAnswer, asked: Asked): ApiError {
  const { context, server } = asked;
  return new ApiError('CLUSTER_STRANGE', { what: describeCall(asked), detail, context, server }, answer);
}

/** `patch deployments servidor`: a call in kubectl's words. */
function describeCall({ method, path }: Pick<Asked, 'method' | 'path'>): string {
  const words = (path.split('?')[0] ?? '').split('/').slice(1);
  if (words[0] !== 'api' && words[0] !== 'apis') return `get ${path}`;
  const [resource = '', name, ...rest] = words.slice(words[0] === 'api' ? 2 : 3);
  const inside = resource === 'namespaces' && rest.length > 0;
  const [kind, one, ...more] = inside ? rest : [resource, name, ...rest];
  const verbs: Readonly<Record<string, string>> = { POST: 'create', PATCH: 'patch', DELETE: 'delete' };
  const verb = verbs[method] ?? (one ? 'get' : 'list');
  return [verb, more[0] ? `${kind}/${more[0]}` : kind, one].filter(Boolean).join(' ');
}

/** undefined for what is not JSON. */
export function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
}

/** The first words of an answer that is no Status; a page of markup says nothing to a person. */
function said({ bytes, headers }: ApiAnswer): string {
  const isText = !/html/.test(headers['content-type'] ?? '') && !/^\s*</.test(bytes.toString('utf8', 0, 100));
  const text = isText ? bytes.toString().replaceAll(/\s+/g, ' ').trim() : '';
  return text.slice(0, SAID_CHARACTERS_MAX) || '-';
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
