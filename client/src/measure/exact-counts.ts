/** 4096 counters a page: 16 KiB. */
const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;

/** How often each whole number of microseconds occurred, in pages, so that it can be sent between threads. */
export interface CountPages {
  readonly pages: ReadonlyMap<number, Uint32Array>;
}

/**
 * Exact counts of whole microseconds: percentiles of it are observed values, and adding two is the same as measuring
 * both in one. Memory grows with the range of values and not with their number: 4 bytes for each µs of the pages that
 * were touched, at most 40 MB for latencies up to 10 s.
 */
export class ExactCounts {
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  /** A whole number as long as it is below 2^53: 285 years of µs. */
  sum = 0;
  readonly #pages = new Map<number, Uint32Array>();

  add(valueUs: number): void {
    const value = valueUs < 0 ? 0 : valueUs;
    const pageNumber = Math.floor(value / PAGE_SIZE);
    let page = this.#pages.get(pageNumber);
    if (page === undefined) {
      page = new Uint32Array(PAGE_SIZE);
      this.#pages.set(pageNumber, page);
    }
    const index = value - pageNumber * PAGE_SIZE;
    page[index] = (page[index] as number) + 1;
    this.#note(value, 1);
  }

  /** What another thread counted. */
  addAll({ pages }: CountPages): void {
    for (const [pageNumber, page] of pages) {
      const own = this.#pages.get(pageNumber) ?? new Uint32Array(PAGE_SIZE);
      this.#pages.set(pageNumber, own);
      for (const [index, count] of page.entries()) {
        if (count === 0) continue;
        own[index] = (own[index] as number) + count;
        this.#note(pageNumber * PAGE_SIZE + index, count);
      }
    }
  }

  /** The pages themselves, not copies. */
  get pages(): CountPages {
    return { pages: this.#pages };
  }

  /** Value and count, in ascending order of values. */
  *entries(): Generator<readonly [number, number]> {
    for (const [pageNumber, page] of this.#inOrder()) {
      for (let index = 0; index < PAGE_SIZE; index++) {
        const count = page[index] as number;
        if (count > 0) yield [pageNumber * PAGE_SIZE + index, count];
      }
    }
  }

  /** The nearest-rank percentile: the smallest value with at least this share of all at or below it. */
  percentile(share: number): number | null {
    if (this.count === 0) return null;
    // 0.07 · 100 is 7.000000000000001 in binary: the rank must not be pushed up by that.
    let rank = Math.max(1, Math.ceil(share * this.count - 1e-9));
    for (const [pageNumber, page] of this.#inOrder()) {
      const inPage = sumOf(page);
      if (rank <= inPage) return pageNumber * PAGE_SIZE + indexOfRank(page, rank);
      rank -= inPage;
    }
    return this.max;
  }

  #inOrder(): [number, Uint32Array][] {
    return [...this.#pages].sort(([a], [b]) => a - b);
  }

  #note(value: number, count: number): void {
    this.count += count;
    this.sum += value * count;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }
}

function sumOf(page: Uint32Array): number {
  let sum = 0;
  for (let index = 0; index < PAGE_SIZE; index++) sum += page[index] as number;
  return sum;
}

/** Where the counts of a page, added up, reach `rank`, which they do. */
function indexOfRank(page: Uint32Array, rank: number): number {
  let [index, sum] = [0, page[0] as number];
  while (sum < rank) sum += page[++index] as number;
  return index;
}
