import { auditNames, ledgerStates, ledgerStorages, outcomes, type Results, regimes } from '@escala/model';
import * as is from './shape.ts';

/** An object with a shape for every key of T, so that a field added to the results must be added here. */
const objectOf = <T>(shapes: { readonly [Key in keyof T]-?: is.Shape }) => is.object(shapes);

const verdict = is.oneOf('VALID', 'SUSPECT', 'INVALID');
const kind = is.oneOf('steady', 'burst');
const regime = is.oneOf(...regimes);
const maybe = is.nullable(is.number);

const each = (names: readonly string[]) =>
  is.object(Object.fromEntries(names.map((name) => [name, is.count])));
const counts = is.object({
  planned: is.count,
  requests: is.count,
  outcomes: each(outcomes),
  ledger: each(ledgerStates),
});

const estimate = is.object({
  value: is.number,
  n: is.count,
  ci95: is.nullable(is.object({ low: maybe, high: maybe, level: is.number, method: is.text })),
});
const maybeEstimate = is.nullable(estimate);

const latency = is.object({
  n: is.count,
  min: is.number,
  mean: is.number,
  p50: maybe,
  max: is.number,
  p90: maybe,
  p95: maybe,
  p99: maybe,
  p999: maybe,
});
const spectrum = is.list(is.object({ share: is.number, us: is.number }));

const trial = objectOf<Results['trials'][number]>({
  cell: is.text,
  round: is.count,
  planIndex: is.count,
  actualIndex: is.count,
  block: is.text,
  startAtUs: is.count,
  verdict,
  audits: is.list(
    is.object({
      audit: is.oneOf(...auditNames),
      status: is.oneOf('pass', 'warn', 'fail', 'not-assessable', 'info'),
      finding: is.text,
      values: is.record(is.anything),
    }),
  ),
  kind,
  counts,
  statusCodes: is.optional(is.record(is.count)),
  window: is.nullable(is.object({ fromUs: is.number, toUs: is.number, answered: is.count })),
  throughputWindow: maybe,
  throughputMakespan: maybe,
  latencyUs: is.nullable(latency),
  spectrum,
  serviceTimeUs: is.nullable(latency),
  replicas: is.list(is.object({ name: is.text, requests: is.count, busyUs: is.number })),
  balance: is.nullable(is.object({ jain: is.number, maxOverMean: is.number })),
  regime,
  startSkewUsMax: maybe,
  agents: is.list(is.record(is.anything)),
  incidents: is.list(is.object({ code: is.text, subject: is.text, detail: is.text, atUs: is.number })),
  cpu: is.object({ serverShareMax: maybe, agentShareMax: maybe, machineShare: maybe }),
  machines: is.optional(is.list(is.object({ cores: is.count, servers: is.count, busyShare: maybe }))),
  arrivals: is.anything,
  timeline: is.list(is.object({ atUs: is.number, answered: is.count, p50Us: maybe, p95Us: maybe })),
});

const cell = objectOf<Results['cells'][number]>({
  cell: is.object({
    key: is.text,
    system: is.text,
    replicas: is.count,
    clients: is.count,
    messages: is.count,
  }),
  verdict,
  kind,
  regime,
  rounds: is.count,
  counts,
  statusCodes: is.optional(is.record(is.count)),
  throughput: maybeEstimate,
  throughputWithExcluded: is.optional(maybeEstimate),
  outlyingRounds: is.optional(is.list(is.count)),
  throughputWindow: maybeEstimate,
  throughputMakespan: maybeEstimate,
  p50Us: maybeEstimate,
  p90Us: maybeEstimate,
  p95Us: maybeEstimate,
  p99Us: maybeEstimate,
  percentilesAtTimeout: is.optional(is.list(is.oneOf('p50', 'p90', 'p95', 'p99'))),
  pooledLatencyUs: is.nullable(latency),
  spectrum,
  requestsPerReplica: is.nullable(is.object({ min: is.number, mean: is.number, max: is.number })),
  jain: maybeEstimate,
  failureShare: maybeEstimate,
  sloVerdicts: is.optional(is.list(is.text)),
});

const fit = is.nullable(
  is.object({
    chosen: is.text,
    reason: is.text,
    reasonCode: is.text,
    reasonValues: is.record(is.anything),
    remarks: is.optional(is.list(is.object({ code: is.text, values: is.record(is.anything) }))),
    models: is.record(is.anything),
    peak: is.anything,
    growth: is.optional(is.anything),
  }),
);

const law = objectOf<Results['laws'][number]>({
  system: is.text,
  over: is.oneOf('replicas', 'clients'),
  held: is.object({
    what: is.oneOf('clients-per-replica', 'saturation', 'clients', 'replicas'),
    value: maybe,
  }),
  messages: is.count,
  factors: is.optional(
    is.object({
      payloadBytes: is.count,
      thinkTimeUs: is.number,
      keepAlive: is.flag,
      storage: is.optional(is.oneOf(...ledgerStorages)),
      clientsPerPod: is.optional(is.count),
    }),
  ),
  points: is.list(is.object({ n: is.number, x: is.number, cell: is.text, round: is.count })),
  leftOut: is.optional(
    is.list(is.object({ n: is.number, growth: is.number, ideal: is.number, why: is.text })),
  ),
  bound: is.optional(maybe),
  fit,
  fitWithExcluded: is.optional(fit),
  problem: is.nullable(is.text),
  curve: is.list(is.object({ n: is.number, x: is.number, low: maybe, high: maybe })),
  residuals: is.list(is.object({ n: is.number, order: is.number, residual: is.number })),
  jointRegion: is.list(is.object({ alpha: is.number, beta: is.number })),
});

const extreme = is.nullable(is.object({ cell: is.text, value: is.number }));

/** What results.json must hold. */
export const resultsShape = objectOf<Results>({
  schema: is.oneOf('escala/results'),
  version: is.number,
  run: is.text,
  target: is.text,
  startedAtUs: is.count,
  endedAtUs: is.count,
  experiment: is.object({
    name: is.text,
    systems: is.list(is.object({ name: is.text })),
    replicas: is.list(is.count),
    clients: is.list(is.count),
    messages: is.list(is.count),
    rounds: is.count,
    seed: is.number,
    slo: is.list(is.anything),
    service: is.object({ timeUs: is.number, parallelism: is.number, kind: is.text }),
  }),
  environment: is.object({ escala: is.text, node: is.text, cpuModel: is.text, cpus: is.count }),
  method: is.object({
    throughputInterval: is.text,
    percentileInterval: is.text,
    thresholds: is.record(is.number),
  }),
  totals: is.object({
    cellsPlanned: is.count,
    cellsMeasured: is.count,
    trialsPlanned: is.count,
    trialsMeasured: is.count,
    requests: is.count,
    outcomes: each(outcomes),
    ledger: each(ledgerStates),
    verdicts: each(['VALID', 'SUSPECT', 'INVALID']),
    ledgerCloses: is.nullable(is.flag),
    statusCodes: is.optional(is.record(is.count)),
  }),
  summary: is.object({ throughputMax: extreme, p95UsMin: extreme, p95UsMax: extreme }),
  cells: is.list(cell),
  trials: is.list(trial),
  exclusions: is.list(is.object({ cell: is.text, round: is.count, reason: is.text })),
  laws: is.list(law),
  speedups: is.list(is.object({ system: is.text, messages: is.count, points: is.list(is.anything) })),
  capacities: is.list(is.object({ system: is.text, messages: is.count, capacity: is.list(is.anything) })),
  knees: is.list(is.object({ system: is.text, messages: is.count, replicas: is.count })),
  asymptotes: is.list(is.object({ system: is.text, baseLatencyUs: is.number, throughputMax: is.number })),
  comparisons: is.list(is.object({ a: is.text, b: is.text, cells: is.list(is.anything) })),
  missingTrials: is.list(is.object({ cell: is.text, round: is.count })),
  selftest: is.anything,
});
