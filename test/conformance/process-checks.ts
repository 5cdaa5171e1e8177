import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { headerLine, ledgerColumns } from '@escala/model';
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

/** A file that has a ledger's name may be anybody's. */
export const leavesForeignFiles: Check = {
  name: 'does not start on a file that is no ledger of its replica, and leaves it as it is',
  profile: 'full',
  needs: 'start',
  async run({ start }) {
    using data = temporaryFolder();
    const path = join(data.path, 'ledger-r1.csv');
    const header = headerLine(ledgerColumns);
    const ofReplica = (name: string) => `1,id,r,c,1,1,${name},1,0,0,POST,/messages,201\n`;
    const foreign = [
      'name,age\nanna,3\nbob,4',
      `${header}bob,4`,
      header + ofReplica('r2'),
      `${header.trimEnd()}\r\n`,
    ];
    for (const text of foreign) {
      writeFileSync(path, text);
      // A server may say that it listens before it has opened its ledger; it must end all the same.
      const ended = await (start as Start)({ DATA_DIR: data.path, REPLICA: 'r1' }).then(
        ({ child }) => child.exitCode ?? once(child, 'exit').then(([code]) => code as number),
        ({ message }: Error) => Number(/exit (\d+)/.exec(message)?.[1]),
      );
      assert.ok(ended > 0, `exit ${ended}`);
      assert.equal(readFileSync(path, 'utf8'), text);
    }
    writeFileSync(path, header + ofReplica('r1') + ofReplica('r1').replace('1,id', '2,id').slice(0, 20));
    const { url, end } = await (start as Start)({ DATA_DIR: data.path, REPLICA: 'r1' });
    const id = newId();
    assert.equal((await post({ url, dataFolder: data.path, replica: 'r1' }, id)).status, 201);
    await end('SIGKILL');
    assert.equal(rowsOf({ url, dataFolder: data.path, replica: 'r1' }, id)[0]?.sequence, '2');
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
  leavesForeignFiles,
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
