import { judgeFacts, ranksEveryRequest, type StudyFacts } from './judge-trial.ts';
import type { PooledLatency } from './pool-cells.ts';
import { cumulateLatencies, latencySpectra, summariseLatencies } from './questions/latencies.ts';
import { type Engine, quoted } from './run/engine.ts';
import type { TrialFacts } from './trial-facts.ts';

/**
 * Latencies of complete cells over their rounds, without the trials whose percentiles may not stand; then forgets the rows of these trials.
 * @param members every trial of the cells, with its number in `latency_counts`.
 */
export async function pooledLatencies(
  engine: Engine,
  members: readonly { readonly trial: number; readonly facts: TrialFacts }[],
  study: StudyFacts,
): Promise<ReadonlyMap<string, PooledLatency>> {
  if (members.length === 0) return new Map();
  const included = members.filter(({ facts }) => ranksEveryRequest(judgeFacts(facts, study)));
  const pooled = new Map<string, PooledLatency>();
  if (included.length > 0) {
    const cells = included.map(({ trial, facts }) => `(${trial}, ${quoted(facts.record.cell.key)})`);
    const counts = `
      SELECT key, us, sum(n)::BIGINT AS n
      FROM latency_counts JOIN (VALUES ${cells.join(', ')}) AS cells (trial, key) USING (trial) GROUP BY key, us`;
    await cumulateLatencies(engine, counts);
    const summaries = await summariseLatencies(engine);
    const spectra = await latencySpectra(engine);
    for (const [key, summary] of summaries) {
      pooled.set(String(key), { summary, spectrum: spectra.get(String(key)) ?? [] });
    }
  }
  await engine.run(
    `DELETE FROM latency_counts WHERE trial IN (${members.map(({ trial }) => trial).join(', ')})`,
  );
  return pooled;
}
