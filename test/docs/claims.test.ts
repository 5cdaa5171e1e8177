import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { fitLaws, mean } from '@escala/stats';
import { readMarkdown } from './markdown.ts';

// What the explanations say of simulations and of theory, computed again.

/** Throughput/s of a closed system: `clients` that think for 100 ms, `servers` with exponential service of 10 ms. */
function closedThroughput(clients: number, servers: number): number {
  const [thinkS, serviceS] = [0.1, 0.01];
  const rate = (inSystem: number) => Math.min(inSystem, servers) / serviceS;
  // Birth and death: the weight of each number in the system, from the one before.
  const weights = [1];
  for (let n = 0; n < clients; n++) {
    weights.push(((weights[n] ?? 0) * ((clients - n) / thinkS)) / rate(n + 1));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight, n) => sum + weight * rate(n), 0) / total;
}

test('USL finds contention and a peak where the clients are the limit, as docs/explanation/usl.md says', () => {
  const fit = (clients: number) =>
    fitLaws([2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => ({ n, x: closedThroughput(clients, n) }))).result;
  const [few, many] = [fit(10), fit(50)];
  const page = readMarkdown('docs/explanation/usl.md');
  assert.ok(page.includes(`α = ${few.models.usl?.alpha?.estimate.toFixed(2)}`));
  assert.ok(page.includes(`peak at ${few.peak.n?.toFixed(1)}`));
  // Escala claims no law there; the peak is the one that a USL forced upon the data has.
  assert.equal(many.reasonCode, 'cap');
  const { alpha, beta } = many.models.usl ?? {};
  const forced = Math.sqrt((1 - (alpha?.estimate ?? 0)) / (beta?.estimate ?? 0));
  assert.match(page, new RegExp(`false\\s+peak\\s+is\\s+at\\s+${forced.toFixed(1)}`));
});

test('an interval from rows holds the truth in half of the studies, as docs/explanation/rounds.md says', () => {
  const random = createRandom('rows or deployments');
  const [studies, alpha, beta] = [400, 0.05, 0.005];
  const truth = (n: number) => (1_000 * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));
  let [byRows, byDeployments] = [0, 0];
  for (let study = 0; study < studies; study++) {
    const deployments = [1, 2, 4, 6, 8, 10].map((n) => {
      const level = truth(n) * Math.exp(0.03 * random.normal());
      return Array.from({ length: 5 }, () => ({ n, x: level * Math.exp(0.01 * random.normal()) }));
    });
    if (holds(deployments.flat())) byRows++;
    const means = deployments.map((rows) => ({ n: rows[0]?.n ?? 0, x: mean(rows.map(({ x }) => x)) }));
    if (holds(means)) byDeployments++;
  }
  assert.ok(Math.abs(byRows / studies - 0.5) < 0.06, `${byRows} of ${studies}`);
  assert.ok(Math.abs(byDeployments / studies - 0.95) < 0.03, `${byDeployments} of ${studies}`);

  function holds(points: readonly { n: number; x: number }[]): boolean {
    const interval = fitLaws(points).result.models.usl?.alpha?.profileCi95;
    const [low, high] = interval ?? [null, null];
    return (low === null || low <= alpha) && (high === null || alpha <= high);
  }
});
