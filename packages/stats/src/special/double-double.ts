/** Veltkamp's constant, which splits a double of 53 bits into halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;

/** What the rounded sum a + b lacks, exactly (Knuth's TwoSum). */
export function sumError(a: number, b: number, sum: number): number {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}

/** What the rounded product a · b lacks, exactly but for overflow and underflow (Dekker). */
export function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function highHalf(a: number): number {
  const scaled = SPLITTER * a;
  return scaled - (scaled - a);
}
