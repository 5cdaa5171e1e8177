import { test } from 'node:test';
import { killUnderLoad } from './support/kill-under-load.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

test('1,000 kills under load lose no acknowledged row and double none', async (t) => {
  const folder = temporaryFolder(t);
  t.diagnostic(JSON.stringify(await killUnderLoad({ folder, kills: 1_000, seed: 'long' })));
});
