import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Cell,
  type Clock,
  clientOptions,
  EscalaError,
  type Experiment,
  environmentOf,
  environmentWithout,
  formatDurationUs,
  inFlightOf,
  isStarted,
  type MeasuredSystem,
  messageApi,
  type OptionTable,
  projectFolder,
  runFiles,
  type ServerSettings,
  serverOptions,
} from '@escala/model';
import { GivenDeployment } from '../contract/given-deployment.ts';
import type { TargetRequest } from '../contract/row.ts';
import type { Agent, Deployment, DeployRequest, Target, TargetFacts } from '../contract/target.ts';
import { LocalDeployment, type LocalReplica } from './deployment.ts';
import { freePort } from './free-port.ts';
import { machineLimits } from './machine-limits.ts';
import { measuredSystem } from './measured-system.ts';
import { Program } from './program.ts';
import { type Launch, prepareSystem } from './systems.ts';
import { untilAnswers } from './until-answers.ts';

/** Agents and lab share a machine: a start is heard of in a few milliseconds. */
const START_LEAD_MS = 40;
/** From spawning a server until it answers; a cold cache and a busy machine included. */
const SERVER_READY_MS_MAX = 30_000;
/** Locally, a port that was free when we looked may be taken when the program starts; then another is tried. */
const PORT_TRIES_MAX = 3;
/** A server that is ready says at once what it has in flight. */
const METRICS_MS_MAX = 2_000;

type LocalRequest = Pick<TargetRequest, 'folder' | 'experiment' | 'clock' | 'signal'>;

/** Servers and agents as processes of this machine, on loopback. Nothing has to be set up. */
export class LocalTarget implements Target {
  readonly name = 'local';
  readonly startLeadMs = START_LEAD_MS;
  readonly #folder: string;
  readonly #experiment: Experiment;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #token = randomBytes(24).toString('base64url');
  readonly #launches = new Map<string, Launch>();
  readonly #agents: { agent: Agent; program: Program }[] = [];
  readonly #programs = new Set<Program>();

  constructor({ folder, experiment, clock, signal }: LocalRequest) {
    this.#folder = join(resolve(folder), runFiles.processes);
    this.#experiment = experiment;
    this.#clock = clock;
    this.#signal = signal;
  }

  async prepare(): Promise<TargetFacts> {
    const systems: MeasuredSystem[] = [];
    for (const system of this.#experiment.systems) {
      const launch = isStarted(system) ? await prepareSystem(system) : undefined;
      if (launch) this.#launches.set(system.name, launch);
      systems.push(await measuredSystem(system, launch));
    }
    await mkdir(this.#folder, { recursive: true });
    const machineCpus = this.#experiment.systems.every(isStarted) ? availableParallelism() : null;
    return { machineCpus, limits: machineLimits(), systems };
  }

  async agents(_cell: Cell): Promise<readonly Agent[]> {
    for (const [i, { program }] of this.#agents.entries()) {
      if (!program.isRunning) this.#agents[i] = await this.#startAgent(i + 1);
    }
    while (this.#agents.length < this.#experiment.agents) {
      this.#agents.push(await this.#startAgent(this.#agents.length + 1));
    }
    return this.#agents.map(({ agent }) => agent);
  }

  async #startAgent(number: number): Promise<{ agent: Agent; program: Program }> {
    const name = `agent-${number}`;
    const program = this.#start(name, {
      command: [process.execPath, join(projectFolder, 'client/src/main.ts')],
      folder: projectFolder,
      without: this.#experiment.systems.flatMap(({ headers = [] }) =>
        headers.flatMap(({ env }) => env ?? []),
      ),
      settings: { AGENT_TOKEN: this.#token, AGENT_PORT: '0', AGENT_DATA: join(this.#folder, name) },
      options: clientOptions,
    });
    const url = await program.listening(this.#deadline(SERVER_READY_MS_MAX));
    const log = program.logFile;
    if (url !== undefined) return { agent: { name, node: null, log, url, token: this.#token }, program };
    throw new EscalaError('AGENT_NOT_READY', {
      agent: name,
      detail: await program.whyNotReady(SERVER_READY_MS_MAX),
      log,
    });
  }

  async deploy(request: DeployRequest): Promise<Deployment> {
    const { url } = request.system;
    if (url === undefined) return this.#startReplicas(request);
    const agents = this.#deployment([], request);
    const sampleAgents = async () => (await agents.sample()).processes;
    return new GivenDeployment(url, { sampleLeadMs: agents.sampleLeadMs, sampleAgents });
  }

  async #startReplicas(request: DeployRequest): Promise<LocalDeployment> {
    const numbers = Array.from({ length: request.replicas }, (_, i) => i + 1);
    const started = await Promise.allSettled(numbers.map((number) => this.#startReplica(request, number)));
    const replicas = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const deployment = this.#deployment(replicas, request);
    const failed = started.find((result) => result.status === 'rejected');
    if (!failed) return deployment;
    deployment.keepData();
    await deployment[Symbol.asyncDispose]();
    throw failed.reason;
  }

  #deployment(replicas: readonly LocalReplica[], request: DeployRequest): LocalDeployment {
    return new LocalDeployment(replicas, request, {
      folder: join(this.#folder, request.block),
      clock: this.#clock,
      deadline: (timeoutMs) => this.#deadline(timeoutMs),
      agents: () => this.#agents.map(({ program }) => program),
    });
  }

  async #startReplica(request: DeployRequest, number: number): Promise<LocalReplica> {
    const { system, block } = request;
    const launch = this.#launches.get(system.name);
    if (!launch) throw new Error(`prepare() did not see the system ${system.name}`);
    const name = `${system.name}-${block}-${number}`;
    const dataFolder = join(this.#folder, block, name);
    // A life of the run before this one may have had a block of this name: its ledger is not this replica's.
    await rm(dataFolder, { recursive: true, force: true });
    await mkdir(dataFolder, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const port = launch.portGiven ? await freePort() : 0;
      const own = serverEnvironment(this.#experiment, { port, replica: name, dataDir: dataFolder });
      const settings = { ...own, ...system.environment };
      const program = this.#start(name, { ...launch, settings, options: serverOptions });
      const deadline = this.#deadline(SERVER_READY_MS_MAX);
      const url = launch.portGiven ? `http://127.0.0.1:${port}` : await program.listening(deadline);
      const isReady =
        url !== undefined && (await untilAnswers(program, new URL(messageApi.readyz, url), deadline));
      if (isReady) {
        if (system.ledger === 'api') await this.#checkMetrics(system.name, url);
        return { name, url, program, dataFolder };
      }
      // A program that runs and does not answer has its port.
      const mayLackPort = launch.portGiven && !program.isRunning && attempt < PORT_TRIES_MAX;
      // Asked before the lab ends the program: the lab's own SIGTERM is not how the program ended.
      const detail = await program.whyNotReady(SERVER_READY_MS_MAX);
      await program[Symbol.asyncDispose]();
      this.#signal.throwIfAborted();
      if (!mayLackPort)
        throw new EscalaError('SERVER_NOT_READY', { replica: name, detail, log: program.logFile });
    }
  }

  /** A service without the message API would seem lost after its first cell, since it never says that nothing is in flight. */
  async #checkMetrics(system: string, url: string): Promise<void> {
    const text = await fetch(new URL(messageApi.metrics, url), { signal: this.#deadline(METRICS_MS_MAX) })
      .then((response) => response.text())
      .catch(() => undefined);
    if (text !== undefined && inFlightOf(text) === undefined)
      throw new EscalaError('SYSTEM_WITHOUT_LEDGER', { system });
  }

  #deadline(timeoutMs: number): AbortSignal {
    return AbortSignal.any([this.#signal, AbortSignal.timeout(timeoutMs)]);
  }

  #start(
    name: string,
    what: Pick<Launch, 'command' | 'folder'> & {
      settings: Record<string, string>;
      options: OptionTable;
      /** Variables of the shell that it is not to have. */
      without?: readonly string[];
    },
  ): Program {
    const cache = join(projectFolder, '.cache', 'compile');
    const program = new Program({
      name,
      command: what.command,
      folder: what.folder,
      logFile: join(this.#folder, `${name}.log`),
      environment: {
        ...environmentWithout(what.options, process.env),
        ...Object.fromEntries((what.without ?? []).map((name) => [name, undefined])),
        NODE_COMPILE_CACHE: cache,
        END_WITH_STDIN: 'true',
        ...what.settings,
      },
    });
    this.#programs.add(program);
    void program.ended.then(() => this.#programs.delete(program));
    return program;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#programs].map((program) => program[Symbol.asyncDispose]()));
  }
}

/** The server's settings as environment variables, by their one definition in the model. */
function serverEnvironment(
  { service, durability, commitDelayUs }: Experiment,
  own: { port: number; replica: string; dataDir: string },
): Record<string, string> {
  const settings: Partial<Record<keyof ServerSettings, string>> = {
    port: String(own.port),
    host: '127.0.0.1',
    replica: own.replica,
    dataDir: own.dataDir,
    serviceTimeUs: formatDurationUs(service.timeUs),
    serviceParallelism: String(service.parallelism),
    serviceKind: service.kind,
    durability,
    commitDelayUs: formatDurationUs(commitDelayUs),
  };
  return environmentOf(serverOptions, settings);
}
