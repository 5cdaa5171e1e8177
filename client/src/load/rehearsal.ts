import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { devNull } from 'node:os';
import type { AgentPlan, Clock, OpenLoad } from '@escala/model';
import { HealthMonitor } from '../measure/health.ts';
import { RowFile } from '../rows/row-file.ts';
import { Trial, type TrialFiles } from './trial.ts';

/** Up to so many requests per second a thread keeps a schedule from its first request on. */
const COLD_RATE_MAX = 500;
/** After so many requests nearly all code that sends, reads and records has been compiled for one trial. */
const load: OpenLoad = {
  kind: 'open',
  ratePerSecond: 30_000,
  arrivals: 'poisson',
  durationUs: 500_000,
  maxConnections: 64,
  share: 0,
  shares: 1,
};
const answer = 'HTTP/1.1 201 Created\r\ncontent-length: 34\r\n\r\n{"replica":"null","serviceUs":100}';
/**
 * Code is compiled for the very objects that it has seen, and again when it sees others: a load after one rehearsal
 * would have that before it, and so would a trial that was made before the rehearsals.
 */
const REHEARSALS = 3;

/** Whether this thread has rehearsed: compiled code stays. */
let isWarm = false;

/** A trial of this thread, made after its rehearsals. */
export async function rehearsedTrial(plan: AgentPlan, files: TrialFiles, clock: Clock): Promise<Trial> {
  await rehearse(plan, clock);
  return new Trial(plan, files, clock);
}

/**
 * Code that has not run yet is interpreted, which takes ten times as long: a thread that starts cold with tens of
 * thousands of requests per second is late for half a second. So a fast open loop is rehearsed first, once for each
 * thread, against a null server of this thread's own: the server under study sees nothing of it.
 */
async function rehearse(plan: AgentPlan, clock: Clock): Promise<void> {
  if (isWarm || plan.load.kind === 'closed') return;
  if (plan.load.ratePerSecond / plan.load.shares <= COLD_RATE_MAX) return;
  isWarm = true;
  await using server = await listen();
  const { port } = server.address() as AddressInfo;
  const rows = RowFile.join(devNull);
  const url = `http://127.0.0.1:${port}`;
  const own = { ...plan, urls: [url], load, keepAlive: true, warmupMessages: 0 };
  for (let i = 0; i < REHEARSALS; i++) {
    const trial = new Trial(own, { client: rows, warmup: undefined }, clock);
    await trial.prepare();
    // Watching a load is work of the event loop too.
    using health = new HealthMonitor(clock);
    health.start();
    await trial.run(clock.nowUs());
  }
  await rows.close();
}

/** The null server: each read of a connection is one request. */
async function listen(): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy()).on('data', () => socket.write(answer, 'latin1'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}
