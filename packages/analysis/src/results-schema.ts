import {
  type AuditResult,
  auditNames,
  type CellResult,
  ledgerStates,
  outcomes,
  type Results,
  resultsVersion,
  type TrialCounts,
  type TrialResult,
} from '@escala/model';

/** A part of a JSON Schema (2020-12). */
type Schema = Readonly<Record<string, unknown>>;

const number: Schema = { type: 'number' };
const count: Schema = { type: 'integer', minimum: 0 };
const text: Schema = { type: 'string' };
const anything: Schema = {};
const words = (...names: readonly string[]): Schema => ({ enum: names });
const list = (items: Schema): Schema => ({ type: 'array', items });
const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const maybe = nullable(number);
const maps = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** An object with exactly these keys; the type makes a field that is added to the results be added here. */
function object<T>(properties: { readonly [K in keyof T]-?: Schema }): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
const exactly = (properties: Readonly<Record<string, Schema>>) => object<typeof properties>(properties);
const each = (names: readonly string[]) => exactly(Object.fromEntries(names.map((name) => [name, count])));

const verdict = words('VALID', 'SUSPECT', 'INVALID');
const kind = words('steady', 'burst');
const regime = words('client-limited', 'transition', 'saturated', 'unknown');
const estimate = reference('estimate');
const spectrum = list(exactly({ share: number, us: number }));

const definitions: Readonly<Record<string, Schema>> = {
  estimate: exactly({
    value: number,
    n: count,
    ci95: nullable(exactly({ low: maybe, high: maybe, level: number, method: text })),
  }),
  latency: exactly({
    ...{ n: count, min: number, mean: number, p50: maybe, max: number, standardDeviation: maybe },
    ...{ p90: maybe, p95: maybe, p99: maybe, p999: maybe },
  }),
  counts: object<TrialCounts>({
    planned: count,
    requests: count,
    outcomes: each(outcomes),
    ledger: each(ledgerStates),
  }),
  audit: object<AuditResult>({
    audit: words(...auditNames),
    status: words('pass', 'warn', 'fail', 'not-assessable', 'info'),
    finding: text,
    values: maps({ anyOf: [number, text] }),
  }),
  trial: object<TrialResult>({
    cell: text,
    round: count,
    planIndex: count,
    actualIndex: count,
    block: text,
    startAtUs: count,
    verdict,
    audits: list(reference('audit')),
    kind,
    counts: reference('counts'),
    window: nullable(exactly({ fromUs: count, toUs: count, answered: count })),
    throughputWindow: maybe,
    throughputMakespan: maybe,
    latencyUs: nullable(reference('latency')),
    spectrum,
    serviceTimeUs: nullable(reference('latency')),
    replicas: list(exactly({ name: text, requests: count, busyUs: count })),
    balance: nullable(exactly({ jain: number, maxOverMean: number })),
    regime,
    startSkewUsMax: maybe,
    agents: list(anything),
    incidents: list(exactly({ code: text, subject: text, detail: text, atUs: number })),
    cpu: exactly({ serverShareMax: maybe, agentShareMax: maybe, machineShare: maybe }),
    arrivals: nullable(
      exactly({ ratePerSecond: number, interarrivalCv: number, sendLagUsP99: number, sendLagUsMax: number }),
    ),
    timeline: list(exactly({ atUs: count, answered: count, p50Us: maybe, p95Us: maybe })),
  }),
  cell: object<CellResult>({
    cell: { type: 'object', required: ['key', 'system', 'replicas', 'clients', 'messages'] },
    verdict,
    kind,
    regime,
    rounds: count,
    counts: reference('counts'),
    throughput: nullable(estimate),
    throughputWithExcluded: nullable(estimate),
    outlyingRounds: list(count),
    throughputWindow: nullable(estimate),
    throughputMakespan: nullable(estimate),
    p50Us: nullable(estimate),
    p90Us: nullable(estimate),
    p95Us: nullable(estimate),
    p99Us: nullable(estimate),
    pooledLatencyUs: nullable(reference('latency')),
    spectrum,
    requestsPerReplica: nullable(exactly({ min: number, mean: number, max: number })),
    jain: nullable(estimate),
    failureShare: nullable(estimate),
  }),
};

/** The JSON Schema of results.json. Laws, capacities and the like are lists of objects that `results.ts` describes. */
export function resultsJsonSchema(): Schema {
  const objects = list({ type: 'object' });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'results.json of Escala',
    ...object<Results>({
      schema: { const: 'escala/results' },
      version: { const: resultsVersion },
      run: text,
      target: text,
      startedAtUs: count,
      endedAtUs: count,
      experiment: { type: 'object' },
      environment: { type: 'object' },
      method: exactly({
        percentile: { const: 'nearest-rank' },
        throughputInterval: text,
        percentileInterval: text,
        thresholds: maps(number),
      }),
      totals: exactly({
        ...{ cellsPlanned: count, cellsMeasured: count, trialsPlanned: count, trialsMeasured: count },
        ...{ requests: count, outcomes: each(outcomes), ledger: each(ledgerStates) },
        ...{ verdicts: each(['VALID', 'SUSPECT', 'INVALID']), ledgerCloses: { type: 'boolean' } },
      }),
      summary: maps(nullable(exactly({ cell: text, value: number }))),
      cells: list(reference('cell')),
      trials: list(reference('trial')),
      exclusions: list(exactly({ cell: text, round: count, from: words('laws', 'pooling'), reason: text })),
      laws: objects,
      speedups: objects,
      capacities: objects,
      knees: objects,
      asymptotes: objects,
      comparisons: objects,
      missingTrials: list(exactly({ cell: text, round: count })),
      selftest: nullable({ type: 'object' }),
    }),
    $defs: definitions,
  };
}
