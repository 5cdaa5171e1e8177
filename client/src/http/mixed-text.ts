import {
  filledTemplate,
  messageApi,
  type PlannedRequest,
  type RequestMix,
  type Template,
} from '@escala/model';
import type { RequestOrder } from './request-kinds.ts';
import type { RequestTarget } from './request-target.ts';
import {
  headerFields,
  LARGE_BYTES,
  type RequestText,
  type RequestWords,
  type TextSettings,
} from './request-text.ts';

/** A body of always the same bytes, with the fields before it, ready to be sent. */
interface FixedEnd {
  readonly text: string;
  /** A large body, which is not copied for each request. */
  readonly rest: readonly Buffer[] | undefined;
}

/** One kind of request to one target: the same for all clients of this thread. */
interface KindText {
  /** Up to the request's id. */
  readonly head: Template;
  /** From the id on: made already where a body has no place for a cell. */
  readonly ends: readonly (FixedEnd | Template)[];
  readonly columns: PlannedRequest['columns'];
  readonly isHead: boolean;
}

type TextsByTarget = Map<RequestTarget, readonly KindText[]>;
const textsOfMix = new WeakMap<RequestMix, TextsByTarget>();

/** The requests of one client to one target, of several kinds. */
export class MixedText implements RequestText {
  rest: readonly Buffer[] | undefined;
  isHead = false;
  readonly #kinds: readonly KindText[];
  readonly #order: RequestOrder;
  readonly #words: RequestWords;
  readonly #client: number;
  readonly #idStart: string;

  constructor(
    target: RequestTarget,
    { settings, mix, order }: { settings: TextSettings; mix: RequestMix; order: RequestOrder },
    words: RequestWords,
    client: number,
  ) {
    this.#kinds = kindTexts(target, settings, mix);
    this.#order = order;
    this.#words = words;
    this.#client = client;
    this.#idStart = `${messageApi.requestIdHeader}: ${words.requestIdPrefix}.${client}.`;
  }

  of(message: number): string {
    const place = this.#order.placeOf(this.#client, message, this.#words.numbering);
    const turn = this.#order.turnAt(place);
    const { head, ends, columns, isHead } = this.#kinds[this.#order.kindAt(place)] as KindText;
    const end = ends[turn % ends.length] as FixedEnd | Template;
    this.isHead = isHead;
    const start = `${filledTemplate(head, columns, turn)}${this.#idStart}${message}\r\n`;
    if ('text' in end) {
      this.rest = end.rest;
      return start + end.text;
    }
    this.rest = undefined;
    const body = filledTemplate(end, columns, turn);
    return `${start}content-length: ${body.length}\r\n\r\n${body}`;
  }
}

function kindTexts(target: RequestTarget, settings: TextSettings, mix: RequestMix): readonly KindText[] {
  const byTarget: TextsByTarget = textsOfMix.get(mix) ?? new Map();
  textsOfMix.set(mix, byTarget);
  const known = byTarget.get(target) ?? mix.kinds.map((kind) => kindText(target, settings, kind));
  byTarget.set(target, known);
  return known;
}

function kindText(target: RequestTarget, settings: TextSettings, kind: PlannedRequest): KindText {
  const { method, path, headers, bodies, columns } = kind;
  // Without a path of its own, the URL's stays as it was written.
  const base = path.length === 0 ? target.path : target.path.replace(/[/]?([?].*)?$/, '');
  const own = headers.map(([start]) => fieldName(String(start)));
  const shared = headerFields(target, { ...settings, method: 'GET' }).filter(
    (field) => !own.includes(fieldName(field)),
  );
  const head = [
    `${method} ${base}`,
    ...path,
    ` HTTP/1.1\r\n${shared.map((field) => `${field}\r\n`).join('')}`,
    ...headers.flatMap((header) => [...header, '\r\n']),
  ];
  // An empty body is announced where one is expected (RFC 9110, section 8.6).
  const empty = {
    text: /^(POST|PUT|PATCH)$/.test(method) ? 'content-length: 0\r\n\r\n' : '\r\n',
    rest: undefined,
  };
  const ends = bodies.length === 0 ? [empty] : bodies.map(fixedEnd);
  return { head: joined(head), ends, columns, isHead: method === 'HEAD' };
}

function fixedEnd(body: Template): FixedEnd | Template {
  const template = joined(body);
  const [text = ''] = template;
  if (template.length > 1 || typeof text !== 'string') return template;
  const field = `content-length: ${text.length}\r\n\r\n`;
  if (text.length < LARGE_BYTES) return { text: field + text, rest: undefined };
  return { text: field, rest: [Buffer.from(text, 'latin1')] };
}

/** The same with neighbouring texts as one. */
function joined(template: Template): Template {
  const parts: (string | number)[] = [];
  for (const part of template) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

const fieldName = (field: string) => field.slice(0, field.indexOf(':')).toLowerCase();
