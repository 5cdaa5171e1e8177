import { idPattern } from '@escala/model';

/** Where the body of a plain message lies in what was read, and the id that its client gave. */
interface PlainPost {
  readonly requestId: string | undefined;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

const requestLine = 'POST /messages HTTP/1.1\r\n';
/** A header as RFC 9110 writes it, without the parts that few clients send: folding and bytes above 0x7e. */
const header = /([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e]*)\r\n/y;
const REQUEST_BYTES_MAX = 16_384;

/** Headers that change neither what a request means nor where it ends. */
const harmless = new Set(['user-agent', 'accept', 'accept-encoding', 'accept-language']);

/**
 * Recognises one whole `POST /messages` in the everyday form of our clients and of load generators. Any other request,
 * be it rare, cut in two, large or hostile, gives undefined and goes to Node's own parser. A request that is accepted here
 * must mean the same there: a test compares the two on generated requests.
 */
export function readPlainPost(chunk: Buffer): PlainPost | undefined {
  if (chunk.length > REQUEST_BYTES_MAX) return undefined;
  const text = chunk.toString('latin1');
  if (!text.startsWith(requestLine)) return undefined;
  let [host, type, length, requestId]: (string | undefined)[] = [];
  let at = requestLine.length;
  while (text.charCodeAt(at) !== 13) {
    header.lastIndex = at;
    const match = header.exec(text);
    if (!match) return undefined;
    at = header.lastIndex;
    const [, name = '', value = ''] = match;
    switch (name.toLowerCase()) {
      case 'host':
        if (host !== undefined || value === '') return undefined;
        host = value;
        break;
      case 'content-type':
        if (type !== undefined || value !== 'application/json') return undefined;
        type = value;
        break;
      case 'content-length':
        if (length !== undefined || !/^\d{1,5}$/.test(value)) return undefined;
        length = value;
        break;
      case 'x-request-id':
        if (requestId !== undefined || !idPattern.test(value)) return undefined;
        requestId = value;
        break;
      case 'connection':
        if (value !== 'keep-alive') return undefined;
        break;
      default:
        if (!harmless.has(name.toLowerCase())) return undefined;
    }
  }
  const bodyStart = at + 2;
  const bodyEnd = bodyStart + Number(length);
  // A missing host, type or length fails here too: NaN is not within the chunk.
  const whole = text.charCodeAt(at + 1) === 10 && host && type && bodyEnd <= chunk.length;
  return whole ? { requestId, bodyStart, bodyEnd } : undefined;
}
