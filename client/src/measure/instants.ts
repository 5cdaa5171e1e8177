/** Offsets a chunk: 16 KiB. */
const CHUNK_SIZE = 4_096;
const OFFSET_MAX = 0xffff_ffff;

interface Chunk {
  readonly baseUs: number;
  readonly offsets: Uint32Array;
}

/** Instants in the order in which they were noted, never falling, at 4 bytes each: ten million in 40 MB. */
export class Instants {
  count = 0;
  readonly chunks: Chunk[];

  /** From chunks that another thread filled, `count` of them used. */
  constructor(chunks: Chunk[] = [], count = 0) {
    this.chunks = chunks;
    this.count = count;
  }

  add(atUs: number): void {
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

  *values(): Generator<number> {
    let left = this.count;
    for (const { baseUs, offsets } of this.chunks) {
      const used = Math.min(left, CHUNK_SIZE);
      for (let i = 0; i < used; i++) yield baseUs + (offsets[i] as number);
      left -= used;
    }
  }

  /** How many lie between the two instants, both included. */
  countBetween(fromUs: number, toUs: number): number {
    let inside = 0;
    for (const atUs of this.values()) if (atUs >= fromUs && atUs <= toUs) inside++;
    return inside;
  }
}
