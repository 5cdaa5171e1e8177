import { fillEach, inEachLanguage, type Sentence, sentences } from '../sentences/sentences.ts';
import { parseDurationUs, parseSizeBytes } from '../sentences/units.ts';

const words = sentences.model.optionKinds;

/** What is read as a duration and as a size, in words. */
export const quantities = { duration: words.duration, someTime: words.someTime, size: words.size };

/** A kind of value that an option takes. */
export interface OptionKind<T> {
  /** The value, or undefined where the text is none. */
  readonly parse: (text: string) => T | undefined;
  /** What may be given, in words, for the error and for the help. */
  readonly allowed: Sentence;
  /** For a text that is no value: what was probably meant. */
  readonly meant?: (text: string) => string | undefined;
}

export function wholeNumber(least: number, most: number): OptionKind<number> {
  return {
    parse: (text) => {
      const value = Number(text);
      return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
    },
    // As it is to be written: without a mark between thousands.
    allowed: fillEach(words.wholeNumber, { least: `${least}`, most: `${most}` }),
  };
}

/** Of values that are written the same in every language. */
export function oneOf<const T extends string>(...values: readonly T[]): OptionKind<T> {
  return {
    parse: (text) => values.find((value) => value === text),
    allowed: inEachLanguage((language) =>
      new Intl.ListFormat(language, { type: 'disjunction' }).format(values),
    ),
  };
}

const trueOrFalse = oneOf('true', 'false');
export const boolean: OptionKind<boolean> = {
  parse: (text) => (trueOrFalse.parse(text) === undefined ? undefined : text === 'true'),
  allowed: trueOrFalse.allowed,
};

/** The longest duration that is taken, a week: timers of JavaScript end at 24 days. */
export const DURATION_US_MAX = 7 * 24 * 3_600_000_000;
/** The largest field `data` of a message. */
export const PAYLOAD_BYTES_MAX = 64 * 2 ** 20;

const within = (value: number | undefined, least: number, most: number) =>
  value !== undefined && value >= least && value <= most ? value : undefined;
const atMost = (kind: Sentence, most: string) => fillEach(words.atMost, { kind, most });

/** In µs. */
export const duration: OptionKind<number> = {
  parse: (text) => within(parseDurationUs(text), 0, DURATION_US_MAX),
  allowed: atMost(quantities.duration, '168h'),
};
/** In µs, of what would not happen at all in no time. */
export const someTime: OptionKind<number> = {
  parse: (text) => within(parseDurationUs(text), 1, DURATION_US_MAX),
  allowed: atMost(quantities.someTime, '168h'),
};
/** In bytes. */
export const payloadSize: OptionKind<number> = {
  parse: (text) => within(parseSizeBytes(text), 0, PAYLOAD_BYTES_MAX),
  allowed: atMost(quantities.size, '64MiB'),
};

/** What the client writes itself, or what would change what it does with a connection: such a field cannot be given. */
const ownFields = [
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const field = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[^\0-\x08\x0a-\x1f\x7f]*$/;

/** A header field that is added, or that replaces the client's `host`, `content-type` or `authorization`. */
export const headerField: OptionKind<string> = {
  parse(text) {
    const name = field.exec(text)?.[1]?.toLowerCase();
    return name === undefined || ownFields.includes(name) ? undefined : text;
  },
  allowed: fillEach(words.headerField, {
    fields: inEachLanguage((language) => new Intl.ListFormat(language).format(ownFields)),
  }),
};

/** A status that may come, or a class of them. */
export const expectedStatus = /^[1-5](\d\d|xx)$/;

/** `201,409` or `2xx`. */
export const expectedStatuses: OptionKind<readonly string[]> = {
  parse(text) {
    const list = text.split(',').map((one) => one.trim());
    return list.every((one) => expectedStatus.test(one)) ? list : undefined;
  },
  allowed: words.expectedStatuses,
};

/** An http or https URL. A user and a password in it are for basic authorization. */
export const httpUrl: OptionKind<string> = {
  parse: (text) => (/^https?:\/\/[^/]/i.test(text) && isSendable(text) ? text : undefined),
  allowed: words.httpUrl.allowed,
  meant: (text) =>
    /^(\[[^\]]+\]|[^/?#:]+)(:\d+)?([/?#]|$)/.test(text) && isSendable(`http://${text}`)
      ? `http://${text}`
      : undefined,
};

function isSendable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { port, username, password } = new URL(text);
  try {
    // Basic authorization has no way to say a user with a colon (RFC 7617).
    return (
      port !== '0' &&
      !decodeURIComponent(username).includes(':') &&
      decodeURIComponent(password) !== undefined
    );
  } catch {
    return false;
  }
}

/** `header:x-served-by`, or `json:hostname` with `a.b` inside `a`. */
export const replicaPlace: OptionKind<{ readonly header?: string; readonly json?: string }> = {
  parse(text) {
    const [, kind = '', name = ''] = /^(header|json):(\S+)$/.exec(text) ?? [];
    if (kind === 'header') return field.test(`${name}:`) ? { header: name.toLowerCase() } : undefined;
    return kind === 'json' && !/(^|\.)(\.|$)/.test(name) ? { json: name } : undefined;
  },
  allowed: words.replicaPlace,
};

/** A name or an address, as a URL writes it; without scheme, port and path. */
export const host: OptionKind<string> = {
  parse(text) {
    const written = text.includes(':') ? `[${text.replace(/^\[(.*)\]$/, '$1')}]` : text;
    if (!/^[^\s/?#@]+$/.test(text) || !URL.canParse(`http://${written}`)) return undefined;
    return new URL(`http://${written}`).hostname.replace(/^\[(.*)\]$/, '$1');
  },
  allowed: words.host,
};

export const text: OptionKind<string> = { parse: (text) => text, allowed: words.text.allowed };
/** Of nothing, as an unset variable of the shell gives it (`--out "$PLACE"`), the folder of now would be made. */
const someText = (allowed: Sentence): OptionKind<string> => ({ parse: (text) => text || undefined, allowed });
export const name = someText(words.aName);
export const namespace: OptionKind<string> = {
  parse: (text) => (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) ? text : undefined),
  allowed: words.namespace.allowed,
};
export const address = someText(words.anAddress);
export const folder = someText(words.aFolder);
export const file = someText(words.aFile);
