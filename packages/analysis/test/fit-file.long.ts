import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { fitFile } from '../src/fit-file.ts';

const folder = temporaryFolder(test);

const rows = 1_000_000;
const [alpha, beta, gamma] = [2e-5, 1e-11, 100];

/** A million rows of a USL with 5 % noise, `levels` different N. */
function* lines(levels: number): Generator<string> {
  const random = createRandom(levels);
  yield 'n,x\n';
  for (let i = 0; i < rows; i++) {
    const n = 1 + (i % levels) * (rows / levels);
    const x = (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));
    yield `${n},${x * Math.exp(0.05 * random.normal())}\n`;
  }
}

for (const levels of [1000, rows]) {
  test(`a million rows at ${levels} levels are fitted, and the truth lies in the intervals`, async () => {
    const file = join(folder, `${levels}.csv`);
    await pipeline(Readable.from(lines(levels)), createWriteStream(file));
    const { models, chosen, peak, rows: counted } = await fitFile(file, { scale: 'log' });
    assert.deepEqual([counted, chosen, peak.status], [rows, 'usl', 'inside']);
    for (const [name, truth] of Object.entries({ alpha, beta, gamma })) {
      // Four standard errors: a fixed seed, and three parameters on two sets.
      const { estimate = 0, stderr = 0 } = models.usl?.[name as 'alpha' | 'beta' | 'gamma'] ?? {};
      assert.ok(Math.abs(estimate - truth) < 4 * (stderr ?? 0), `${name}: ${estimate} ± ${stderr}`);
    }
  });
}
