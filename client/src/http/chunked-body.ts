/** A size line with extensions, or one trailer line, longer than this is broken. */
const LINE_BYTES_MAX = 16_384;

const LF = 10;
const CR = 13;
const SEMICOLON = 59;

/**
 * A body in chunks (RFC 9112, section 7.1), read as it arrives, however it is cut. Only its bytes are counted; the first
 * of them are handed to `onData`.
 */
export class ChunkedBody {
  state: 'size' | 'extension' | 'data' | 'data-end' | 'trailer' | 'done' | 'broken' = 'size';
  /** Bytes of data so far, without sizes and trailers. */
  dataBytes = 0;
  readonly #onData: (bytes: Buffer, from: number, to: number) => void;
  #size = 0;
  #digits = 0;
  /** Bytes of the present line, to bound it. */
  #lineBytes = 0;

  constructor(onData: (bytes: Buffer, from: number, to: number) => void) {
    this.#onData = onData;
  }

  reset(): void {
    this.state = 'size';
    this.dataBytes = 0;
    this.#startLine();
  }

  /** Reads from `from`; returns the position after the last byte that belongs to this body. */
  feed(bytes: Buffer, from: number, to: number): number {
    let at = from;
    while (at < to && this.state !== 'done' && this.state !== 'broken') {
      if (this.state === 'data') at = this.#feedData(bytes, at, to);
      else this.#feedByte(bytes[at++] as number);
    }
    return at;
  }

  #feedData(bytes: Buffer, from: number, to: number): number {
    const end = Math.min(to, from + this.#size);
    this.#onData(bytes, from, end);
    this.dataBytes += end - from;
    this.#size -= end - from;
    if (this.#size === 0) this.state = 'data-end';
    return end;
  }

  #feedByte(byte: number): void {
    if (++this.#lineBytes > LINE_BYTES_MAX) this.state = 'broken';
    else if (this.state === 'size') this.#feedSize(byte);
    else if (this.state === 'extension') this.#feedExtension(byte);
    else if (this.state === 'data-end') this.#feedDataEnd(byte);
    else this.#feedTrailer(byte);
  }

  #feedSize(byte: number): void {
    const digit = hexDigit(byte);
    // 12 hexadecimal digits stay below 2^53.
    if (digit >= 0 && this.#digits < 12) {
      this.#size = this.#size * 16 + digit;
      this.#digits++;
    } else if (this.#digits === 0) this.state = 'broken';
    else if (byte === LF) this.#endSize();
    else if (byte === CR || byte === SEMICOLON || byte === 32 || byte === 9) this.state = 'extension';
    else this.state = 'broken';
  }

  #feedExtension(byte: number): void {
    if (byte === LF) this.#endSize();
  }

  #endSize(): void {
    const isLast = this.#size === 0;
    this.state = isLast ? 'trailer' : 'data';
    this.#lineBytes = 0;
  }

  #feedDataEnd(byte: number): void {
    if (byte === CR && this.#lineBytes === 1) return;
    if (byte !== LF) {
      this.state = 'broken';
      return;
    }
    this.state = 'size';
    this.#startLine();
  }

  /** Trailer fields are skipped; an empty line ends the body. */
  #feedTrailer(byte: number): void {
    if (byte === CR) this.#lineBytes--;
    else if (byte === LF && this.#lineBytes === 1) this.state = 'done';
    else if (byte === LF) this.#lineBytes = 0;
  }

  #startLine(): void {
    this.#size = 0;
    this.#digits = 0;
    this.#lineBytes = 0;
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
