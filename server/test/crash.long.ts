import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { killUnderLoad } from './support/kill-under-load.ts';

// 1,000 kills in parts, each by its own seed, so that a run that was cut short goes on at a part:
// npm run test:long -- --test-name-pattern="kills, part [34]"
const parts = 4;
const killsOfAPart = 250;

for (let part = 1; part <= parts; part++) {
  test(`${killsOfAPart} kills, part ${part} of ${parts}: no acknowledged row is lost, and none doubled`, async (t) => {
    const folder = temporaryFolder(t);
    const total = await killUnderLoad({ folder, kills: killsOfAPart, seed: `long ${part}` });
    t.diagnostic(JSON.stringify(total));
  });
}
