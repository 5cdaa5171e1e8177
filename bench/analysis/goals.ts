/** What was measured of one size, in one run on one machine. */
export interface Measured {
  readonly millions: number;
  readonly seconds: number;
  readonly mebibytes: number;
  readonly scanSeconds: number;
  /** DuckDB counts the rows and parses no column of them. */
  readonly countSeconds: number;
  readonly pandasSeconds: number | null;
}

export interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** The size that the goals speak of. */
const millionsOfGoals = 10;
/** Below, most of the time is the start of the program. */
const millionsOfWork = 1;
/** Below, the rows are fewer than a few batches, and memory still grows towards that of one. */
const millionsOfBatches = 10;
/** Of the largest size against the smallest from there on. */
const growthMax = 1.5;

/** The goals, each with its figure; those of a size that was not measured are left out. Sizes ascend. */
export function goalsOf(sizes: readonly Measured[], foundingSeconds: number): readonly Goal[] {
  const atMost = (goal: string, value: number, limit: number, unit: string): Goal => ({
    goal: `${goal} ≤ ${limit}${unit}`,
    measured: `${value.toFixed(2)}${unit}`,
    isMet: value <= limit,
  });
  const goals = [atMost('escala analyze of the founding run', foundingSeconds, 5, ' s')];
  const ten = sizes.find(({ millions }) => millions === millionsOfGoals);
  if (ten) {
    goals.push(atMost('10 million requests', ten.seconds, 60, ' s'));
    goals.push(atMost('10 million requests, peak memory', ten.mebibytes / 1_024, 1.5, ' GiB'));
    goals.push(atMost("10 million requests / DuckDB's own scan", ten.seconds / ten.scanSeconds, 3, ' ×'));
    if (ten.pandasSeconds !== null) {
      // Ten times is out of reach of what reads the rows with DuckDB: on two cores pandas needed 9 to 11 × the time in
      // which DuckDB counts the rows and parses no column. The second figure is that bound on this machine.
      const [ratio, bound] = [ten.seconds, ten.countSeconds].map((of) => (ten.pandasSeconds ?? 0) / of);
      goals.push({
        goal: `pandas / escala ≥ 10 × (counting the rows: ${bound?.toFixed(1)} ×)`,
        measured: `${ratio?.toFixed(2)} ×`,
        isMet: (ratio ?? 0) >= 10,
      });
    }
  }
  const grows = (goal: string, from: number, of: (one: Measured) => number) => {
    const [first, ...others] = sizes.filter(({ millions }) => millions >= from);
    const last = others.at(-1);
    if (!first || !last) return;
    goals.push(
      atMost(`${goal}, ${first.millions} to ${last.millions} million`, of(last) / of(first), growthMax, ' ×'),
    );
  };
  grows('time per request', millionsOfWork, ({ seconds, millions }) => seconds / millions);
  grows('peak memory', millionsOfBatches, ({ mebibytes }) => mebibytes);
  return goals;
}
