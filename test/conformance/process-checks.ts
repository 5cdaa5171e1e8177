import assert from 'node:assert/strict';
import { mkdtempDisposableSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check, newId, post, rowsOf, type Subject } from './check.ts';

type Start = NonNullable<Subject['start']>;

/** No study needs it, but a ledger that anyone can read should not be copied from a reference. */
export const ledgerNeedsToken: Check = {
  name: 'gives the ledger to other machines only for the token',
  profile: 'full',
  needs: 'start',
  async run({ start }) {
    using data = temporaryFolder();
    const environment = { DATA_DIR: data.path, HOST: '0.0.0.0', LEDGER_TOKEN: 'secret' };
    const { url, end } = await (start as Start)(environment);
    const ledger = `http://${outerAddress()}:${new URL(url).port}/ledger`;
    const statuses: number[] = [];
    for (const authorization of ['', 'Bearer other', 'Bearer secret']) {
      statuses.push((await fetch(ledger, { headers: { authorization } })).status);
    }
    await end('SIGKILL');
    assert.deepEqual(statuses, [401, 401, 200]);
  },
};

/** What can be seen only of a process that the suite starts and ends itself. */
export const processChecks: readonly Check[] = [
  {
    name: 'refuses to start on a ledger that another server holds, with LEDGER_LOCKED',
    profile: 'full',
    needs: 'start',
    async run({ start, dataFolder, replica }) {
      const again = (start as Start)({ DATA_DIR: dataFolder, REPLICA: replica });
      await assert.rejects(again, /LEDGER_LOCKED/);
    },
  },
  {
    name: 'drains at SIGTERM: answers what is in flight, closes its connection, exits with 0',
    profile: 'full',
    needs: 'start',
    async run({ start }) {
      using data = temporaryFolder();
      const dataFolder = data.path;
      const environment = { DATA_DIR: dataFolder, SERVICE_TIME: '2s' };
      const { url, end } = await (start as Start)(environment);
      const id = newId();
      const answer = post({ url, dataFolder, replica: 'r1' }, id);
      await untilInFlight(url);
      const ended = end('SIGTERM');
      const response = await answer;
      assert.equal(response.status, 201);
      assert.equal(response.headers.get('connection'), 'close');
      assert.equal(await ended, 0);
      assert.equal(rowsOf({ url, dataFolder, replica: 'r1' }, id).length, 1);
    },
  },
  ledgerNeedsToken,
];

/** An address of this machine over which a request does not count as one from this machine. */
function outerAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const outer = addresses.find(({ internal, family }) => !internal && family === 'IPv4');
  assert.ok(outer, 'this machine has no address but loopback, so this cannot be seen here');
  return outer.address;
}

async function untilInFlight(url: string): Promise<void> {
  const text = await (await fetch(`${url}/metrics`)).text();
  if (!/^escala_requests_in_flight 1$/m.test(text)) await untilInFlight(url);
}

const temporaryFolder = () => mkdtempDisposableSync(join(tmpdir(), 'escala-conformance-'));
