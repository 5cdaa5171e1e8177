import { type AgentPlan, messageApi } from '@escala/model';
import { carriesBody, type RequestTarget } from './request-target.ts';

/** Letters of the field `data`: its content means nothing, its size does. */
const FILLER = 'escala';

export interface RequestWords {
  readonly run: string;
  readonly cell: string;
  readonly requestIdPrefix: string;
}

type TextSettings = Pick<AgentPlan, 'method' | 'headers' | 'payloadBytes' | 'keepAlive'>;

/**
 * The requests of one client to one target. All that stays the same is put together once; a message adds its number.
 * The text has single-byte characters only: JSON escapes all others.
 */
export class RequestText {
  readonly #head: string;
  readonly #bodyStart: string;
  readonly #bodyEnd: string;
  readonly #hasBody: boolean;

  constructor(target: RequestTarget, settings: TextSettings, words: RequestWords, client: number) {
    this.#hasBody = carriesBody(settings.method);
    const idField = `${messageApi.requestIdHeader}: ${words.requestIdPrefix}.${client}.`;
    this.#head = `${settings.method} ${target.path} HTTP/1.1\r\n${headerFields(target, settings)}${idField}`;
    const { run, cell } = words;
    this.#bodyStart = asciiJson({ run, cell, client }).replace(/\}$/, ',"message":');
    const data = FILLER.repeat(Math.ceil(settings.payloadBytes / FILLER.length)).slice(
      0,
      settings.payloadBytes,
    );
    this.#bodyEnd = data === '' ? '}' : `,"data":"${data}"}`;
  }

  /** The whole request of one message. */
  of(message: number): string {
    if (!this.#hasBody) return `${this.#head}${message}\r\n\r\n`;
    const body = `${this.#bodyStart}${message}${this.#bodyEnd}`;
    return `${this.#head}${message}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  }
}

/** The fields that are the same for every request. A field that the user gives replaces ours of that name. */
function headerFields(target: RequestTarget, settings: TextSettings): string {
  const fields = new Map<string, string>([['host', `host: ${target.authority}`]]);
  if (carriesBody(settings.method)) fields.set('content-type', 'content-type: application/json');
  if (!settings.keepAlive) fields.set('connection', 'connection: close');
  const own = [...fields.keys()];
  for (const field of settings.headers) {
    const name = field.slice(0, field.indexOf(':')).toLowerCase();
    if (own.includes(name)) fields.set(name, field);
    // The same name twice is two fields, as the user wrote them.
    else fields.set(`${name} ${fields.size}`, field);
  }
  return [...fields.values()].map((field) => `${Buffer.from(field, 'utf8').toString('latin1')}\r\n`).join('');
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
