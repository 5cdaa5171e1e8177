import type { SimulatedRequest } from './queue-simulator.ts';

/** A row of requests.csv before it is text; `null` is an empty cell. Times in whole µs since the epoch. */
export interface PlantedRow {
  client: number;
  message: number;
  intendedUs: number | null;
  sentUs: number | null;
  doneUs: number | null;
  latencyUs: number | null;
  status: number | null;
  outcome: string;
  replica: string;
  receivedUs: number | null;
  queueUs: number | null;
  serviceUs: number | null;
  ledger: string;
}

export const startOfSimulation = 1_795_000_000_000_000;

/** What a faultless lab would have written of these requests. */
export function rowsOf(requests: readonly SimulatedRequest[]): PlantedRow[] {
  return requests.map((request) => {
    const [sentUs, doneUs] = [wholeUs(request.sentUs), wholeUs(request.doneUs)];
    const intendedUs = request.intendedUs === null ? null : wholeUs(request.intendedUs);
    // Rounded down twice, queue and service never exceed the latency of the same request.
    const residenceUs = doneUs - sentUs;
    const serviceUs = Math.min(Math.floor(request.serviceUs), residenceUs);
    return {
      client: request.client,
      message: request.message,
      intendedUs,
      sentUs,
      doneUs,
      latencyUs: doneUs - (intendedUs ?? sentUs),
      status: 201,
      outcome: 'answered',
      replica: replicaName(request.replica),
      receivedUs: sentUs,
      queueUs: Math.min(Math.floor(request.queueUs), residenceUs - serviceUs),
      serviceUs,
      ledger: 'recorded',
    };
  });
}

export function replicaName(replica: number): string {
  return `replica-${replica}`;
}

function wholeUs(us: number): number {
  return startOfSimulation + Math.floor(us);
}

/** A fault that is put into otherwise faultless rows. */
export type PlantedFault = (rows: PlantedRow[]) => void;

const tenth = <T>(items: readonly T[]) => items.filter((_, i) => i % 10 === 3);

/** Each changes what its name says, and nothing else. */
export const plantedFaults = {
  /** Acknowledged, and in no ledger. */
  lost: (rows) => {
    for (const row of tenth(rows)) {
      Object.assign(row, { ledger: 'missing', receivedUs: null, queueUs: null, serviceUs: null });
    }
  },
  doubled: (rows) => {
    for (const row of tenth(rows)) row.ledger = 'duplicated';
  },
  /** In the ledger, and nobody sent it. */
  unexpected: (rows) => {
    rows.push({
      ...(rows[0] as PlantedRow),
      intendedUs: null,
      sentUs: null,
      doneUs: null,
      latencyUs: null,
      status: null,
      outcome: '',
      receivedUs: null,
      queueUs: null,
      serviceUs: null,
      ledger: 'unexpected',
    });
  },
  /** The row's latency is not the difference of its times. */
  'delayed-rows': (rows) => {
    for (const row of tenth(rows)) row.latencyUs = (row.latencyUs ?? 0) + 1_000;
  },
  /** Rows of requests that were planned never arrived. */
  'rows-gone': (rows) => {
    rows.splice(rows.length - 7, 7);
  },
  /** The server says that it worked longer than the client waited. */
  'impossible-service': (rows) => {
    for (const row of tenth(rows)) row.serviceUs = (row.latencyUs ?? 0) + 50;
  },
  'skewed-clock': (rows) => {
    for (const row of rows) if (row.receivedUs !== null) row.receivedUs -= 80_000;
  },
  'backward-clock': (rows) => {
    for (const row of tenth(rows)) {
      row.doneUs = (row.sentUs ?? 0) - 5;
      row.latencyUs = -5;
      Object.assign(row, { queueUs: 0, serviceUs: 0 });
    }
  },
} as const satisfies Record<string, PlantedFault>;
