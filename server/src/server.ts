import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  fill,
  type Language,
  listenProblem,
  type SentenceValues,
  type ServerSettings,
  sentences,
  systemClock,
} from '@escala/model';
import { type App, defaultLimits, type Limits } from './http/app.ts';
import { createHttpServer } from './http/http-server.ts';
import { Ledger } from './ledger/ledger.ts';
import { openLedgerFile, untilRoom } from './ledger/ledger-file.ts';
import { createMetrics, type Metrics, observe } from './metrics/metrics.ts';
import {
  createComputingService,
  createWaitingService,
  noService,
  realServiceTime,
  type Service,
} from './service/service.ts';

interface RunningServer {
  readonly url: string;
  /** Finishes what is in flight, within the setting's time, and closes the ledger. */
  drain(): Promise<void>;
}

/**
 * Opens the ledger, then listens: every client that can connect can be recorded.
 * @throws EscalaError as `listenProblem`; LEDGER_LOCKED, LEDGER_FOREIGN or FOLDER_UNWRITABLE.
 */
export async function startServer(
  settings: ServerSettings,
  language: Language,
  limits: Limits = defaultLimits,
): Promise<RunningServer> {
  const notify = notifyOnStderr(language);
  const metrics = createMetrics();
  const replica = settings.replica ?? hostname().replace(/^-|[^A-Za-z0-9.-]/g, '.');
  const ledgerPath = join(settings.dataDir, `ledger-${replica}.csv`);
  const app: App = {
    replica,
    limits,
    metrics,
    ledgerPath,
    ledger: await openLedger(ledgerPath, replica, settings, { metrics, notify }),
    service: createService(settings),
    maxInflight: settings.maxInflight,
    ledgerToken: settings.ledgerToken,
    nowUs: systemClock.nowUs,
    plainConnections: new Set(),
    draining: false,
  };
  const server = createHttpServer(app);
  await listen(server, settings);
  const { address, family, port } = server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  return { url, drain: () => drain(server, app, { timeUs: settings.drainUs, notify }) };
}

async function openLedger(
  path: string,
  replica: string,
  { durability, commitDelayUs }: ServerSettings,
  { metrics, notify }: { metrics: Metrics; notify: Notify },
): Promise<Ledger> {
  const opened = await openLedgerFile(path, replica);
  metrics.repairedBytes = opened.repairedBytes;
  if (opened.repairedBytes > 0) notify('repaired', { bytes: opened.repairedBytes, file: path });
  return new Ledger(opened, {
    durability,
    commitDelayMs: commitDelayUs / 1_000,
    nowUs: systemClock.nowUs,
    untilRoom: () => untilRoom(path),
    onState: (state, cause) =>
      notify(state, { detail: (cause as NodeJS.ErrnoException | undefined)?.code ?? '' }),
    onCommit({ rows, datasyncUs, commitUs }) {
      observe(metrics.batchRows, rows);
      metrics.commitMaxSeconds = Math.max(metrics.commitMaxSeconds, commitUs / 1e6);
      if (durability === 'sync') observe(metrics.datasyncSeconds, datasyncUs / 1e6);
    },
  });
}

function createService({ serviceTimeUs, serviceParallelism, serviceKind }: ServerSettings): Service {
  if (serviceTimeUs === 0) return noService;
  const work = { serviceUs: serviceTimeUs, parallelism: serviceParallelism };
  if (serviceKind === 'cpu') return createComputingService(work, systemClock.nowUs);
  return createWaitingService(work, realServiceTime(systemClock.nowUs));
}

async function listen(server: Server, { port, host }: ServerSettings): Promise<void> {
  server.listen({ port, host, backlog: 4_096 });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenProblem(cause, { host, port });
  }
}

/**
 * First the server is no longer ready, then it takes no connection. Requests in flight are answered, and each answer
 * closes its connection. Connections that are left when the time is up are cut. The ledger closes last, when all its
 * rows are on disk.
 */
async function drain(
  server: Server,
  app: App,
  { timeUs, notify }: { timeUs: number; notify: Notify },
): Promise<void> {
  app.draining = true;
  const closed = once(server, 'close');
  server.close();
  for (const connection of app.plainConnections) connection.closeIfIdle();
  const cut = setTimeout(() => {
    notify('cut', { count: app.metrics.inFlight });
    server.closeAllConnections();
    for (const connection of app.plainConnections) connection.cut();
  }, timeUs / 1_000);
  await closed;
  clearTimeout(cut);
  app.service.close();
  await app.ledger.close();
}

/** Notices on stderr, for the person who runs the server. */
const words = sentences.server.notices;

type Notify = (notice: keyof typeof words, values?: SentenceValues) => void;

/** Notices as lines on stderr: stdout carries only the line that says where the server listens. */
const notifyOnStderr =
  (language: Language): Notify =>
  (notice, values) => {
    process.stderr.write(`${fill(words[notice], language, values)}\n`);
  };
