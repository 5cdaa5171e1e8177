import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EscalaError, fillEach, type Sentence, sentences, unreadable } from '@escala/model';

const words = sentences.analysis.tableBytes;

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** The text of a table in pieces, whatever holds it. `encoding` is final when all was read. */
interface TableText {
  readonly compression: 'gzip' | null;
  readonly encoding: () => Encoding;
  /** Throws FILE_UNREADABLE, and NOT_A_TABLE where the bytes are no text or end in the middle of a compressed block. */
  readonly pieces: () => AsyncGenerator<string>;
}

/** By so many bytes at the beginning it is told how a table is written. */
const SAMPLE_BYTES = 65_536;
/** A file is read in pieces of this size. */
const PIECE_BYTES = 262_144;

const standardInput = ['-', '/dev/stdin'];

/** How the messages name a file. */
export function nameOfTable(file: string): string {
  return standardInput.includes(file) ? 'stdin' : file;
}

/** Reads once from beginning to end, so that pipes will do; `-` is the standard input. */
export async function openText(file: string): Promise<TableText> {
  const name = nameOfTable(file);
  const source: Readable = standardInput.includes(file)
    ? process.stdin
    : createReadStream(file, { highWaterMark: PIECE_BYTES });
  const raw = chunksOf(source, (cause) => unreadable(name, cause));
  try {
    const first = await sampleOf(raw);
    if (first[0] !== 0x1f || first[1] !== 0x8b) return textOf(name, null, first, raw);
    const inflated = chunksOf(inflate(first, raw), (cause) => damaged(name, cause));
    return textOf(name, 'gzip', await sampleOf(inflated), inflated);
  } catch (problem) {
    await raw.return(undefined);
    throw problem;
  }
}

async function* chunksOf(stream: Readable, asProblem: (cause: unknown) => unknown): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    throw cause instanceof EscalaError ? cause : asProblem(cause);
  }
}

async function sampleOf(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  while (bytes < SAMPLE_BYTES) {
    const { value, done } = await chunks.next();
    if (done) break;
    parts.push(value);
    bytes += value.length;
  }
  return Buffer.concat(parts);
}

function inflate(first: Buffer, rest: AsyncGenerator<Buffer>): Readable {
  const whole = async function* () {
    yield first;
    yield* rest;
  };
  // What goes wrong is thrown where the bytes are read.
  return pipeline(Readable.from(whole()), createGunzip(), () => {});
}

function textOf(
  name: string,
  compression: 'gzip' | null,
  first: Buffer,
  rest: AsyncGenerator<Buffer>,
): TableText {
  const kind = foreignKinds.find(({ magic }) => first.subarray(0, magic.length).equals(magic))?.is;
  if (kind) throw notATable(name, fillEach(says.foreign, { kind }));
  const guessed = guessEncoding(first);
  const wide = guessed === 'utf-16le' || guessed === 'utf-16be' ? new TextDecoder(guessed) : null;
  const narrow = narrowDecoder(name);
  return {
    compression,
    encoding: () => (wide ? guessed : narrow.encoding()),
    async *pieces() {
      const decode = wide ? (bytes: Buffer) => wide.decode(bytes, { stream: true }) : narrow.decode;
      yield decode(first);
      for await (const chunk of rest) yield decode(chunk);
      yield wide ? wide.decode() : narrow.end();
    },
  };
}

/** UTF-16 has a byte-order mark, or every other byte of its ASCII characters is 0. */
function guessEncoding(bytes: Buffer): Encoding {
  const [one = 0, two = 0] = bytes;
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = bytes.length / 4;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : 'utf-8';
}

/**
 * UTF-8 as long as the bytes allow it. Where they do not, and all before was ASCII, they are Windows' Latin-1, which old
 * spreadsheets write; after other characters in UTF-8 they are an error.
 */
function narrowDecoder(name: string) {
  const latin = new TextDecoder('windows-1252');
  let encoding: Encoding = 'utf-8';
  let isAscii = true;
  let carried: Buffer = Buffer.alloc(0);
  const decodeWhole = (bytes: Buffer): string => {
    if (encoding === 'utf-8') {
      if (isUtf8(bytes)) {
        const text = bytes.toString('utf8');
        isAscii &&= text.length === bytes.length;
        return text;
      }
      if (!isAscii) throw notATable(name, says.mixed);
      encoding = 'windows-1252';
    }
    return latin.decode(bytes);
  };
  return {
    encoding: () => encoding,
    decode(chunk: Buffer): string {
      const bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk;
      const end = wholeCharacters(bytes);
      carried = bytes.subarray(end);
      return decodeWhole(bytes.subarray(0, end));
    },
    end: () => decodeWhole(carried),
  };
}

/** How many bytes there are before a character of UTF-8 that the end cuts off. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** For what is no table at all. */
export function notATable(where: string, detail: Sentence): EscalaError {
  return new EscalaError('NOT_A_TABLE', { where, detail });
}

function damaged(name: string, cause: unknown): EscalaError {
  const { code } = cause as NodeJS.ErrnoException;
  return notATable(name, code === 'Z_BUF_ERROR' ? says.cut : says.damaged);
}

const says = sentences.analysis.tableBytes.says;

/** What people give in place of a table, by its first bytes. */
const foreignKinds: readonly { readonly magic: Buffer; readonly is: Sentence }[] = [
  { magic: Buffer.from('PK\x03\x04'), is: words.aSpreadsheetXlsxOds },
  { magic: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), is: words.anOldSpreadsheetXls },
  { magic: Buffer.from('PAR1'), is: words.aParquetFile },
  { magic: Buffer.from('SQLite format 3'), is: words.anSqliteDatabase },
  { magic: Buffer.from([0x89, 0x50, 0x4e, 0x47]), is: words.aPngImage },
  { magic: Buffer.from('%PDF'), is: words.aPdfFile },
  { magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), is: words.compressedWithZstdUnpack },
  { magic: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), is: words.compressedWithXzUnpack },
  { magic: Buffer.from('BZh'), is: words.compressedWithBzip2Unpack },
];
