import { type Engine, integerOf, numberOf } from '../run/engine.ts';
import type { ArrivalFacts } from '../trial-facts.ts';

/**
 * How the load of an open loop really arrived: its rate, the coefficient of variation of the gaps between sends (0 is
 * even, 1 is Poisson), and how late requests were sent.
 */
export async function arrivalFacts(engine: Engine): Promise<ReadonlyMap<number, ArrivalFacts>> {
  const rows = await engine.rows(`
    WITH sends AS (
      SELECT trial, sent_us, sent_us - intended_us AS lag,
        sent_us - lag(sent_us) OVER (PARTITION BY trial ORDER BY sent_us) AS gap
      FROM rows WHERE intended_us IS NOT NULL AND sent_us IS NOT NULL)
    SELECT trial, count(*) AS n, max(sent_us) - min(sent_us) AS span, sum(gap) AS gaps, sum(gap * gap) AS squares,
      quantile_disc(lag, 0.99) AS lag_p99, max(lag) AS lag_max
    FROM sends GROUP BY trial HAVING count(*) >= 3 AND max(sent_us) > min(sent_us)`);
  return new Map(
    rows.map((row) => {
      const arrivals = numberOf(row, 'n');
      return [
        numberOf(row, 'trial'),
        {
          arrivals,
          ratePerSecond: ((arrivals - 1) * 1e6) / numberOf(row, 'span'),
          interarrivalCv: coefficientOfVariation(
            BigInt(arrivals - 1),
            integerOf(row, 'gaps'),
            integerOf(row, 'squares'),
          ),
          sendLagUsP99: numberOf(row, 'lag_p99'),
          sendLagUsMax: numberOf(row, 'lag_max'),
        },
      ];
    }),
  );
}

function coefficientOfVariation(n: bigint, sum: bigint, squares: bigint): number {
  const variance = Number(n * squares - sum * sum) / Number(n * (n - 1n));
  return Math.sqrt(variance) / (Number(sum) / Number(n));
}
