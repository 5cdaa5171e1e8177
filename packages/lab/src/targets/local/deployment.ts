import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Clock,
  EscalaError,
  type Fault,
  type Incident,
  messageApi,
  type ReplicaRecord,
  readProcessors,
  TICK_US,
  throttledTimeUs,
  trialFiles,
} from '@escala/model';
import type { Deployment, DeployRequest, LedgerPart, Sample } from '../contract/target.ts';
import { untilIdle } from '../contract/until-idle.ts';
import type { Program } from './program.ts';
import { Sessions } from './sessions.ts';

const QUIESCE_POLL_MS = 5;
/** A sample reads some hundred small files of the kernel. */
const SAMPLE_MS = 15;

/** One server process and where its ledger lies. */
export interface LocalReplica {
  readonly name: string;
  readonly url: string;
  readonly program: Program;
  readonly dataFolder: string;
}

/** The servers of a block as processes on this machine. */
export class LocalDeployment implements Deployment {
  readonly urls: readonly string[];
  readonly sampleLeadMs = SAMPLE_MS;
  readonly #replicas: readonly LocalReplica[];
  readonly #request: DeployRequest;
  /** Holds the data folder of each replica. */
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #deadline: (timeoutMs: number) => AbortSignal;
  readonly #agents: () => readonly Program[];
  /** Those that ended without being told to are told of once. */
  readonly #missed = new Set<string>();
  #keepsData = false;
  readonly #sessions = new Sessions();

  constructor(
    replicas: readonly LocalReplica[],
    request: DeployRequest,
    world: {
      folder: string;
      clock: Clock;
      /** Aborts after so long, or when the study is interrupted. */
      deadline: (timeoutMs: number) => AbortSignal;
      agents: () => readonly Program[];
    },
  ) {
    this.#folder = world.folder;
    this.#replicas = replicas;
    this.#request = request;
    this.#clock = world.clock;
    this.#deadline = world.deadline;
    this.#agents = world.agents;
    this.urls = replicas.map(({ url }) => (this.#keepsLedger ? new URL(messageApi.messages, url).href : url));
  }

  get #keepsLedger(): boolean {
    return this.#request.system.ledger === 'api';
  }

  get replicas(): readonly ReplicaRecord[] {
    return this.#replicas
      .filter(({ program }) => program.isRunning)
      .map(({ name }) => ({ name, node: null, cpuLimit: null }));
  }

  async quiesce(timeoutMs: number): Promise<void> {
    if (!this.#keepsLedger) return;
    const deadline = this.#deadline(timeoutMs);
    await Promise.all(this.#replicas.map((replica) => this.#quiesceOne(replica, deadline)));
  }

  async #quiesceOne({ name, url, program }: LocalReplica, deadline: AbortSignal): Promise<void> {
    const ask = () =>
      fetch(new URL(messageApi.metrics, url), { signal: deadline })
        .then((response) => response.text())
        .catch(() => '');
    const isOver = () => !program.isRunning || deadline.aborted;
    const detail = await untilIdle(ask, { isOver, pollMs: QUIESCE_POLL_MS });
    if (detail && program.isRunning)
      throw new EscalaError('REPLICA_LOST', { replica: name, detail, log: program.logFile });
  }

  async *collectLedgers(fromByte: ReadonlyMap<string, number>): AsyncGenerator<LedgerPart> {
    if (!this.#keepsLedger) return;
    for (const { name, dataFolder } of this.#replicas) {
      const path = join(dataFolder, trialFiles.ledger(name));
      // The size is taken before the read: a row that comes later belongs to the next trial.
      const toByte = await sizeOf(path);
      const start = Math.min(fromByte.get(name) ?? 0, toByte);
      yield { replica: name, chunks: readRange(path, start, toByte), toByte: () => toByte };
    }
  }

  keepData(): void {
    this.#keepsData = true;
  }

  async sample(): Promise<Sample> {
    const programs = [
      ...this.#replicas.map(({ program }) => ({ role: 'server', program }) as const),
      ...this.#agents().map((program) => ({ role: 'agent', program }) as const),
    ];
    // Each program leads a session of its own.
    const used = this.#sessions.read(new Set(programs.flatMap(({ program }) => program.pid ?? [])));
    const lab = process.cpuUsage();
    const { cores, ...processors } = readProcessors();
    const atUs = this.#clock.nowUs();
    const uses = [...used.values()];
    const look = {
      atUs,
      ...processors,
      loadUs: uses.length > 0 ? uses.reduce((sum, { cpuUs }) => sum + cpuUs, 0) : null,
      labUs: lab.user + lab.system,
      waitedUs: uses.length > 0 ? uses.reduce((sum, { waitedUs }) => sum + waitedUs, 0) : null,
    };
    const processes = programs.flatMap(({ role, program: { pid, name } }) => {
      const use = used.get(pid ?? 0);
      if (!use) return [];
      const { cpuUs, memoryBytes } = use;
      return [{ atUs, role, name, cpuUs, memoryBytes, throttledUs: null, restarts: null }];
    });
    return { processes, machines: [{ node: null, cores, stepUs: TICK_US, look }] };
  }

  async throttled(): Promise<ReadonlyMap<string, number | null>> {
    const living = this.#replicas.filter(({ program }) => program.isRunning);
    return new Map(
      living.map(({ name, program: { pid } }) => [name, pid === undefined ? null : throttledTimeUs(pid)]),
    );
  }

  async inject({ kind }: Fault): Promise<void> {
    const victim = this.#replicas.find(({ program }) => program.isRunning);
    if (kind !== 'kill-replica') throw new Error(`the row of the target let the fault "${kind}" pass`);
    if (!victim) throw new Error('no replica is left to kill');
    this.#missed.add(victim.name);
    await victim.program.kill();
  }

  async incidents(): Promise<readonly Incident[]> {
    const ended = this.#replicas.filter(({ name, program }) => !program.isRunning && !this.#missed.has(name));
    for (const { name } of ended) this.#missed.add(name);
    return ended.map(({ name, program }) => ({
      code: 'replica-ended',
      subject: name,
      detail: program.ending.en,
      atUs: this.#clock.nowUs(),
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#replicas.map(({ program }) => program[Symbol.asyncDispose]()));
    if (this.#keepsData) return;
    // Their ledgers are in the trials' folders.
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function* readRange(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  if (end > start) yield* createReadStream(path, { start, end: end - 1 });
}

/** The size of a file, 0 where there is none. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
