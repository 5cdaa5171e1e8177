/**
 * Isotonic regression: the non-decreasing values nearest to `ys` in (weighted) least squares, by pooling adjacent
 * violators. Source: Ayer et al. 1955; Barlow et al. 1972.
 */
export function isotonicRegression(ys: readonly number[], weights?: readonly number[]): number[] {
  const blocks: { mean: number; weight: number; size: number }[] = [];
  for (const [i, y] of ys.entries()) {
    let block = { mean: y, weight: weights?.[i] ?? 1, size: 1 };
    for (let last = blocks.at(-1); last && last.mean >= block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const weight = last.weight + block.weight;
      const mean = last.mean + ((block.mean - last.mean) * block.weight) / weight;
      block = { mean, weight, size: last.size + block.size };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ mean, size }) => new Array<number>(size).fill(mean));
}
