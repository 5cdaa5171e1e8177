import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { killUnderLoad } from './support/kill-under-load.ts';

test('20 kills under load lose no acknowledged row and double none', async (t) => {
  const folder = temporaryFolder(t);
  const { acknowledged, kills } = await killUnderLoad({ folder, kills: 20, seed: 'ci' });
  assert.equal(kills, 20);
  assert.ok(acknowledged > 100, `only ${acknowledged} rows were acknowledged: the kills came too early`);
});
