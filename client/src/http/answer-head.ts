/** What a load generator must know of the head of an answer; everything else in it is skipped. */
export interface AnswerHead {
  status: number;
  /** Body bytes that were announced; −1 where no length was. */
  contentLength: number;
  chunked: boolean;
  /** Whether the server will keep the connection open after this answer. */
  keepAlive: boolean;
}

/** Results of `readHead` that are not a position. */
export const HEAD_INCOMPLETE = -1;
export const HEAD_BROKEN = -2;

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const COLON = 58;
const ZERO = 48;

/**
 * Reads the head of an HTTP/1.x answer (RFC 9112) that begins at `from` into `head`.
 * @returns the position of the first byte after the head, HEAD_INCOMPLETE when it does not end before `to`, or HEAD_BROKEN.
 */
export function readHead(bytes: Buffer, from: number, to: number, head: AnswerHead): number {
  const afterStatus = readStatusLine(bytes, from, to, head);
  if (afterStatus < 0) return afterStatus;
  let lineStart = afterStatus;
  for (;;) {
    let lineFeed = findLineFeed(bytes, lineStart, to);
    if (lineFeed < 0) return HEAD_INCOMPLETE;
    if (endOfLine(bytes, lineFeed) === lineStart) return lineFeed + 1;
    // A line that begins with a space goes on with the field before it (RFC 9112, section 5.2).
    while (lineFeed >= 0 && lineFeed + 1 < to && isSpace(bytes[lineFeed + 1])) {
      lineFeed = findLineFeed(bytes, lineFeed + 1, to);
    }
    if (lineFeed < 0 || lineFeed + 1 === to) return HEAD_INCOMPLETE;
    const lineEnd = endOfLine(bytes, lineFeed);
    if (!readField(bytes, lineStart, lineEnd, head)) return HEAD_BROKEN;
    lineStart = lineFeed + 1;
  }
}

/** `HTTP/1.1 201 Created`. A bare line feed ends a line too (RFC 9112, section 2.2). */
function readStatusLine(bytes: Buffer, from: number, to: number, head: AnswerHead): number {
  const prefix = 'HTTP/1.';
  const known = Math.min(prefix.length, to - from);
  for (let i = 0; i < known; i++) if (bytes[from + i] !== prefix.charCodeAt(i)) return HEAD_BROKEN;
  const lineFeed = findLineFeed(bytes, from, to);
  if (lineFeed < 0) return HEAD_INCOMPLETE;
  const [minor, space] = [bytes[from + 7], bytes[from + 8]];
  const status = readDigits(bytes, from + 9, from + 12);
  const after = bytes[from + 12];
  const ends = after === SPACE || after === CR || after === LF;
  if (lineFeed < from + 12 || space !== SPACE || status < 100 || !ends) return HEAD_BROKEN;
  head.status = status;
  head.contentLength = -1;
  head.chunked = false;
  head.keepAlive = minor !== ZERO;
  return lineFeed + 1;
}

/** One field line; only three fields matter. False where the line is none, or where lengths contradict each other. */
function readField(bytes: Buffer, from: number, to: number, head: AnswerHead): boolean {
  if (isSpace(bytes[from])) return false;
  let colon = from;
  while (colon < to && bytes[colon] !== COLON) colon++;
  if (colon === to || colon === from) return false;
  switch (colon - from) {
    case 10:
      if (isName(bytes, from, 'connection')) readConnection(valueText(bytes, colon + 1, to), head);
      return true;
    case 14:
      return !isName(bytes, from, 'content-length') || readContentLength(bytes, colon + 1, to, head);
    case 17:
      if (isName(bytes, from, 'transfer-encoding')) {
        head.chunked = /(^|,)\s*chunked$/.test(valueText(bytes, colon + 1, to));
        // Any other coding has no length of its own: the body lasts until the connection closes.
        if (!head.chunked) head.keepAlive = false;
      }
      return true;
    default:
      return true;
  }
}

/** The first value of a header in a whole head; `name` has small letters. Only for answers of which one is wanted. */
export function fieldValue(bytes: Buffer, from: number, to: number, name: string): string | undefined {
  let line = findLineFeed(bytes, from, to) + 1;
  while (line > 0 && line < to) {
    const end = findLineFeed(bytes, line, to);
    const colon = line + name.length;
    if (end > colon && bytes[colon] === COLON && isName(bytes, line, name))
      return bytes.toString('utf8', colon + 1, end).trim();
    line = end + 1;
  }
  return undefined;
}

function readContentLength(bytes: Buffer, from: number, to: number, head: AnswerHead): boolean {
  let start = from;
  while (start < to && isSpaceOrBreak(bytes[start])) start++;
  let end = to;
  while (end > start && isSpaceOrBreak(bytes[end - 1])) end--;
  const length = readDigits(bytes, start, end);
  // Two different lengths are how answers are smuggled past one another (RFC 9112, section 6.3).
  if (length < 0 || (head.contentLength >= 0 && head.contentLength !== length)) return false;
  head.contentLength = length;
  return true;
}

function readConnection(value: string, head: AnswerHead): void {
  if (value === 'keep-alive') head.keepAlive = true;
  else if (value.split(',').some((option) => option.trim() === 'close')) head.keepAlive = false;
}

/** A whole number of 1 to 15 digits, or −1. */
function readDigits(bytes: Buffer, from: number, to: number): number {
  if (to <= from || to - from > 15) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isName(bytes: Buffer, from: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    // Setting bit 5 makes a letter small and leaves the hyphen as it is.
    if (((bytes[from + i] as number) | 32) !== name.charCodeAt(i)) return false;
  }
  return true;
}

function valueText(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to).trim().toLowerCase();
}

const isSpace = (byte: number | undefined) => byte === SPACE || byte === TAB;
const isSpaceOrBreak = (byte: number | undefined) => isSpace(byte) || byte === CR || byte === LF;
const endOfLine = (bytes: Buffer, lineFeed: number) => (bytes[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed);

function findLineFeed(bytes: Buffer, from: number, to: number): number {
  let position = from;
  while (position < to) {
    if (bytes[position] === LF) return position;
    position++;
  }
  return -1;
}
