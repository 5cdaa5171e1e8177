import { ledgerStates, outcomes } from '@escala/model';
import { z } from 'zod';

// Of manifest.json and cell.json, what the analysis reads. Further keys may be there: the lab may write more.
const number = z.number();
const count = z.int().min(0);
const maybe = number.nullable();
const text = z.string();
const each = (names: readonly string[]) => z.object(Object.fromEntries(names.map((name) => [name, count])));

const cell = z.looseObject({
  key: text.min(1),
  system: text,
  replicas: count,
  clients: count,
  messages: count,
  ratePerSecond: maybe,
  payloadBytes: count,
  thinkTimeUs: number,
  thinkDistribution: z.enum(['fixed', 'exponential']),
  keepAlive: z.boolean(),
});
const place = { planIndex: count, round: count, cell };

const slo = z.looseObject({ percentile: maybe, latencyUs: maybe, failureShare: maybe });
const experiment = z.looseObject({
  name: text,
  systems: z.array(z.looseObject({ name: text, ledger: z.enum(['api', 'none']) })),
  service: z.looseObject({ timeUs: number, parallelism: number }),
  seed: number,
  slo: z.array(slo),
});

/** manifest.json, but for its schema and version. */
export const manifestShape = z.looseObject({
  run: text,
  createdAtUs: count,
  target: text,
  experiment,
  environment: z.looseObject({ cpus: count, kubernetes: text.nullable() }),
  plan: z.array(z.looseObject({ trials: z.array(z.looseObject(place)) })),
});

const health = z.looseObject({
  cpuShare: number,
  eventLoopDelayUsP99: number,
  rowsDelayed: z.boolean(),
});

/** cell.json, but for its schema and version. */
export const trialRecordShape = z.looseObject({
  ...place,
  attempt: count,
  actualIndex: count,
  block: text,
  startAtUs: count,
  agents: z.array(z.looseObject({ name: text, startSkewUs: number, health })),
  replicas: z.array(z.looseObject({ name: text })),
  counts: z.object({
    planned: count,
    requests: count,
    outcomes: each(outcomes),
    ledger: each(ledgerStates),
  }),
  incidents: z.array(z.looseObject({ code: text, subject: text, detail: text, atUs: count })),
});
