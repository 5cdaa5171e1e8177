import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createRandom } from '@escala/model';
import { ledgerRows } from './ledger-rows.ts';
import { startServerProcess } from './server-process.ts';

const clients = 16;

/**
 * Kills a real server at random moments while clients send, starts it again on the same ledger, and compares after each
 * kill: every acknowledged id is there once, no id is there twice, and the sequence has no gap.
 */
export async function killUnderLoad(plan: { folder: string; kills: number; seed: string }) {
  const random = createRandom(plan.seed);
  const total = { kills: 0, acknowledged: 0, unacknowledged: 0, repaired: 0 };
  for (let kill = 0; kill < plan.kills; kill++) {
    // A ledger for every 25 kills: the comparison reads all of it each time.
    const folder = join(plan.folder, String(Math.floor(kill / 25)));
    const server = await startServerProcess({ DATA_DIR: folder });
    if (server.stderr().includes('torn')) total.repaired++;
    const acknowledged: string[] = [];
    let alive = true;
    const underWay = Promise.withResolvers<void>();
    const client = async (number: number) => {
      for (let n = 0; alive; n++) {
        const id = `${kill}.${number}.${n}`;
        if (!(await post(server.url, id))) return;
        acknowledged.push(id);
        underWay.resolve();
      }
    };
    const load = Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
    // The moment is random, but not before the load is under way: a slow machine would only kill idle servers.
    await Promise.race([underWay.promise, load]);
    await new Promise((resolve) => setTimeout(resolve, random.integer(120)));
    await server.end('SIGKILL');
    alive = false;
    await load;
    total.kills++;
    total.acknowledged += acknowledged.length;
    total.unacknowledged += compare(folder, kill, acknowledged);
  }
  return total;
}

async function post(url: string, id: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': id },
      body: '{"run":"kill","cell":"k","client":1,"message":1}',
    });
    await response.arrayBuffer();
    return response.status === 201;
  } catch {
    return false;
  }
}

/** Returns how many rows this life of the server wrote without their client's hearing of it. */
function compare(folder: string, kill: number, acknowledged: readonly string[]): number {
  const torn = { tolerateTornRow: true };
  const rows = ledgerRows(folder, 'r1', torn);
  const ids = rows.map((row) => row.request_id);
  const unique = new Set(ids);
  assert.equal(unique.size, ids.length, `kill ${kill}: an id is in the ledger twice`);
  for (const id of acknowledged) assert.ok(unique.has(id), `kill ${kill}: acknowledged ${id} is lost`);
  for (const [i, row] of rows.entries()) assert.equal(row.sequence, String(i + 1), `kill ${kill}: a gap`);
  return ids.filter((id) => id.startsWith(`${kill}.`)).length - acknowledged.length;
}
