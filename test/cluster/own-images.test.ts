import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Results } from '@escala/model';
import { FIRST_BUILD_MS_MAX, haveCluster, options, recordOf, shell, study } from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

test('an image of the user’s own that speaks the message API closes its ledger', options, async () => {
  await shell('docker tag meu-servidor-go team/mine:7');
  await shell('kind load docker-image team/mine:7 --name cliente-servidor');
  const { code, stderr, out } = await study(`name: own-image
systems: [{ name: mine, image: "team/mine:7" }]
replicas: [2]
clients: [4]
messages: [5]
`);
  assert.equal(code, 0, stderr);
  assert.equal((await recordOf(out, 'mine-r2-c4-m5')).counts.ledger.recorded, 20);
});

test(
  'a foreign HTTP service without a ledger is measured, and the audit says what it cannot prove',
  options,
  async () => {
    // Python's own file server: it knows none of our paths, and closes the connection after each answer.
    await shell(`docker build -q -t foreign - <<'DOCKERFILE'
FROM python:3.11-slim
USER 1000
WORKDIR /usr/lib
CMD ["python3", "-m", "http.server", "3000"]
DOCKERFILE`);
    await shell('kind load docker-image foreign --name cliente-servidor');
    const { code, stderr, out } = await study(`name: foreign
systems: [{ name: files, image: foreign, ledger: none, path: /os-release, port: 3000 }]
replicas: [2]
clients: [4]
messages: [5]
kubernetes: { storage: ephemeral }
`);
    assert.equal(code, 0, stderr);
    const { counts } = await recordOf(out, 'files-r2-c4-m5');
    assert.equal(counts.outcomes.answered, 20, JSON.stringify(counts));
    assert.equal(counts.ledger.none, 20);
    const { trials } = JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as Results;
    const audit = trials[0]?.audits.find(({ finding }) => finding.startsWith('ledger.'));
    assert.deepEqual([audit?.status, audit?.finding], ['not-assessable', 'ledger.none']);
  },
);
