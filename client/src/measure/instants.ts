/** 64 KiB of counts. */
const BUCKETS = 16_384;

/** Counts in buckets of time, as plain data of one thread: bucket i is the time after `fromUs` + i · `widthUs`. */
export interface TimeBuckets {
  readonly fromUs: number;
  readonly widthUs: number;
  readonly counts: Uint32Array;
}

/**
 * How many instants fell into each bucket of time, in memory that does not grow: the buckets become twice as wide whenever
 * time outgrows them. They begin 1 µs wide, and always at whole multiples of their width since the epoch, so that the
 * buckets of several threads can be added.
 */
export class CountsInTime implements TimeBuckets {
  fromUs = Number.NaN;
  widthUs = 1;
  readonly counts = new Uint32Array(BUCKETS);

  /** Instants are whole µs, and none lies before the first one. */
  add(atUs: number): void {
    // A bucket holds its end and not its beginning.
    if (Number.isNaN(this.fromUs)) this.fromUs = atUs - 1;
    while (atUs > this.fromUs + BUCKETS * this.widthUs) this.#widen();
    const bucket = Math.floor((atUs - 1 - this.fromUs) / this.widthUs);
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
  }

  #widen(): void {
    const { counts, widthUs } = this;
    this.widthUs = 2 * widthUs;
    const shift = (this.fromUs % this.widthUs) / widthUs;
    this.fromUs -= shift * widthUs;
    for (let i = 0; i < BUCKETS; i++) {
      const count = counts[i] as number;
      counts[i] = 0;
      counts[(i + shift) >> 1] = (counts[(i + shift) >> 1] as number) + count;
    }
  }
}

/**
 * The longest stretch of whole buckets inside (`fromUs`, `toUs`] and how many instants lie in it; undefined where there is
 * none. It is shorter than what was asked for by less than two buckets, of which a load has 8192 at least.
 */
export function countWithin(
  parts: readonly TimeBuckets[],
  fromUs: number,
  toUs: number,
): { count: number; us: number } | undefined {
  const widthUs = Math.max(...parts.map((part) => part.widthUs));
  const [from, to] = [Math.ceil(fromUs / widthUs) * widthUs, Math.floor(toUs / widthUs) * widthUs];
  if (to <= from) return undefined;
  let count = 0;
  for (const part of parts) {
    const position = (us: number) => Math.max(0, (us - part.fromUs) / part.widthUs);
    for (let i = position(from); i < Math.min(BUCKETS, position(to)); i++) count += part.counts[i] as number;
  }
  return { count, us: to - from };
}

/** So many instants tell how the gaps between them vary to 0.2 %; all of a long load would be 4 MB a million. */
const KEPT_MAX = 262_144;
/** Offsets a chunk: 16 KiB. */
const CHUNK_SIZE = 4_096;
const OFFSET_MAX = 0xffff_ffff;

interface Chunk {
  readonly baseUs: number;
  readonly offsets: Uint32Array;
}

/** The first instants of a load in the order in which they were noted, never falling, at 4 bytes each. */
export class FirstInstants {
  count = 0;
  readonly chunks: Chunk[];

  /** From chunks that another thread filled, `count` of them used. */
  constructor(chunks: Chunk[] = [], count = 0) {
    this.chunks = chunks;
    this.count = count;
  }

  add(atUs: number): void {
    if (this.count === KEPT_MAX) return;
    let chunk = this.chunks.at(-1);
    const used = this.count % CHUNK_SIZE;
    if (chunk === undefined || used === 0) {
      chunk = { baseUs: atUs, offsets: new Uint32Array(CHUNK_SIZE) };
      this.chunks.push(chunk);
    }
    // An hour and more inside one chunk is a load so thin that a few µs of the 71 minutes do not matter.
    chunk.offsets[used] = Math.min(OFFSET_MAX, Math.max(0, atUs - chunk.baseUs));
    this.count++;
  }

  /** Until when all instants were kept. */
  get wholeUntilUs(): number {
    const last = this.chunks.at(-1);
    if (this.count < KEPT_MAX || last === undefined) return Number.POSITIVE_INFINITY;
    return last.baseUs + (last.offsets[CHUNK_SIZE - 1] as number);
  }

  *values(): Generator<number> {
    let left = this.count;
    for (const { baseUs, offsets } of this.chunks) {
      const used = Math.min(left, CHUNK_SIZE);
      for (let i = 0; i < used; i++) yield baseUs + (offsets[i] as number);
      left -= used;
    }
  }
}
