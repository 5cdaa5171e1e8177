import { type AgentPlan, messageApi } from '@escala/model';
import type { Numbering } from './request-kinds.ts';
import { carriesBody, type RequestTarget } from './request-target.ts';

/** Letters of the field `data`: its content means nothing, its size does. */
const FILLER = 'escala';
/** From this size on the field is not copied for each request. */
export const LARGE_BYTES = 65_536;

/** The large field `data` of a size, with the end of its body: one for all clients of this thread. */
const largeData = new Map<number, readonly Buffer[]>();

export interface RequestWords {
  readonly run: string;
  readonly cell: string;
  readonly requestIdPrefix: string;
  readonly numbering: Numbering;
}

export type TextSettings = Pick<AgentPlan, 'method' | 'headers' | 'payloadBytes' | 'keepAlive'>;

/** The requests of one client to one target. */
export interface RequestText {
  /** The request of one message, up to what `rest` has. */
  of(message: number): string;
  /** Buffers that are sent after the text of the last message that was asked for; undefined where there are none. */
  readonly rest: readonly Buffer[] | undefined;
  /** Whether that message's answer has no body, whatever its head says. */
  readonly isHead: boolean;
}

/**
 * Messages of our own API, or requests without a body. All that stays the same is put together once; a message adds its number.
 * The text has single-byte characters only: JSON escapes all others.
 */
export class MessageText implements RequestText {
  readonly #head: string;
  readonly #bodyStart: string;
  readonly #bodyEnd: string;
  readonly #hasBody: boolean;
  readonly #restBytes: number;
  readonly rest: readonly Buffer[] | undefined;

  readonly isHead: boolean;

  constructor(target: RequestTarget, settings: TextSettings, words: RequestWords, client: number) {
    this.isHead = settings.method === 'HEAD';
    this.#hasBody = carriesBody(settings.method);
    const fields = headerFields(target, settings)
      .map((field) => `${field}\r\n`)
      .join('');
    const idField = `${messageApi.requestIdHeader}: ${words.requestIdPrefix}.${client}.`;
    this.#head = `${settings.method} ${target.path} HTTP/1.1\r\n${fields}${idField}`;
    const { run, cell } = words;
    this.#bodyStart = asciiJson({ run, cell, client }).replace(/\}$/, ',"message":');
    const { payloadBytes } = settings;
    const isLarge = this.#hasBody && payloadBytes >= LARGE_BYTES;
    const data = isLarge ? '' : FILLER.repeat(Math.ceil(payloadBytes / FILLER.length)).slice(0, payloadBytes);
    this.#bodyEnd = payloadBytes === 0 ? '}' : `,"data":"${data}${isLarge ? '' : '"}'}`;
    this.rest = isLarge ? largeDataOf(payloadBytes) : undefined;
    this.#restBytes = isLarge ? payloadBytes + 2 : 0;
  }

  of(message: number): string {
    if (!this.#hasBody) return `${this.#head}${message}\r\n\r\n`;
    const body = `${this.#bodyStart}${message}${this.#bodyEnd}`;
    return `${this.#head}${message}\r\ncontent-length: ${body.length + this.#restBytes}\r\n\r\n${body}`;
  }
}

/** The fields that are the same for every request, as bytes. A field that the user gives replaces ours of that name. */
export function headerFields(target: RequestTarget, settings: TextSettings): string[] {
  const fields = new Map<string, string>([['host', `host: ${target.authority}`]]);
  if (target.authorization) fields.set('authorization', `authorization: ${target.authorization}`);
  if (carriesBody(settings.method)) fields.set('content-type', 'content-type: application/json');
  if (!settings.keepAlive) fields.set('connection', 'connection: close');
  const own = [...fields.keys()];
  for (const field of settings.headers) {
    const name = field.slice(0, field.indexOf(':')).toLowerCase();
    if (own.includes(name)) fields.set(name, field);
    // The same name twice is two fields, as the user wrote them.
    else fields.set(`${name} ${fields.size}`, field);
  }
  return [...fields.values()].map((field) => Buffer.from(field, 'utf8').toString('latin1'));
}

function largeDataOf(bytes: number): readonly Buffer[] {
  const known = largeData.get(bytes) ?? [Buffer.alloc(bytes, FILLER), Buffer.from('"}')];
  largeData.set(bytes, known);
  return known;
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
