import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { resourceColumns, trialFiles } from '@escala/model';
import { checkHeader, explainCsvError, readHeader } from '../run/csv-problem.ts';
import { type Engine, numberOf, numberOrNull, type Row, readCsv } from '../run/engine.ts';
import type { CommittedTrial } from '../run/read-run.ts';
import type { TrialFacts } from '../trial-facts.ts';

type Resources = Pick<TrialFacts, 'cpu' | 'throttledUs' | 'restarts'>;
export const resourcesUnknown: Resources = {
  cpu: {
    serverShareMax: null,
    agentShareMax: null,
    machineShare: null,
    serverCores: null,
    agentCores: null,
  },
  throttledUs: null,
  restarts: null,
};

/** What one process used between its first and its last sample. */
interface Usage {
  readonly role: string;
  readonly name: string;
  readonly cores: number;
  readonly throttledUs: number | null;
  readonly restarts: number | null;
}

/**
 * Processor time of servers and agents while a trial ran. A share is of the limit that the process has, else of one
 * core; the machine's share is of all its cores and exists where everything runs on one machine (`cpus` not null).
 */
export async function resourceFacts(
  engine: Engine,
  trials: ReadonlyMap<number, CommittedTrial>,
  cpus: number | null,
): Promise<ReadonlyMap<number, Resources>> {
  const usages = await readUsages(engine, trials);
  return new Map([...usages].map(([trial, usage]) => [trial, resourcesOf(usage, trials.get(trial), cpus)]));
}

async function readUsages(
  engine: Engine,
  trials: ReadonlyMap<number, CommittedTrial>,
): Promise<ReadonlyMap<number, Usage[]>> {
  const files = [...trials]
    .map(([trial, { folder }]) => ({ trial, file: join(folder, trialFiles.resources) }))
    .filter(({ file }) => existsSync(file));
  const usages = new Map<number, Usage[]>();
  if (files.length === 0) return usages;
  for (const { file } of files) checkHeader(file, await readHeader(file), resourceColumns);
  const rows = await engine.rows(usageQuery(files.map(({ file }) => file))).catch(async (error) => {
    throw await explainCsvError(error);
  });
  for (const row of rows) {
    const trial = files[numberOf(row, 'file')]?.trial ?? -1;
    usages.set(trial, [...(usages.get(trial) ?? []), usageOf(row)]);
  }
  return usages;
}

function usageQuery(files: readonly string[]): string {
  const columns = resourceColumns.map(({ name, kind }) => [name, kind === 'integer' ? 'BIGINT' : 'VARCHAR']);
  return `
    SELECT file_index AS file, role, name, max(cpu_us) - min(cpu_us) AS cpu, max(at_us) - min(at_us) AS span,
      max(throttled_us) - min(throttled_us) AS throttled, max(restarts) - min(restarts) AS restarts
    FROM ${readCsv(files, Object.fromEntries(columns))}
    GROUP BY ALL HAVING span > 0 ORDER BY file, role, name`;
}

function usageOf(row: Row): Usage {
  return {
    role: String(row['role']),
    name: String(row['name']),
    cores: numberOf(row, 'cpu') / numberOf(row, 'span'),
    throttledUs: numberOrNull(row, 'throttled'),
    restarts: numberOrNull(row, 'restarts'),
  };
}

function resourcesOf(
  usages: readonly Usage[],
  trial: CommittedTrial | undefined,
  cpus: number | null,
): Resources {
  const limits = new Map(trial?.record.replicas.map(({ name, cpuLimit }) => [name, cpuLimit]));
  const shares = (role: string) =>
    usages.filter((usage) => usage.role === role).map(({ name, cores }) => cores / (limits.get(name) ?? 1));
  const coresOf = (role: string) => {
    const used = usages.filter((usage) => usage.role === role).map(({ cores }) => cores);
    return used.length > 0 ? sum(used) : null;
  };
  const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const most = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : null);
  const throttled = known(usages.map(({ throttledUs }) => throttledUs));
  const restarts = known(usages.map((usage) => usage.restarts));
  return {
    cpu: {
      serverShareMax: most(shares('server')),
      agentShareMax: most(shares('agent')),
      machineShare: cpus === null ? null : sum(usages.map(({ cores }) => cores)) / cpus,
      serverCores: coresOf('server'),
      agentCores: coresOf('agent'),
    },
    throttledUs: throttled.length > 0 ? sum(throttled) : null,
    restarts: restarts.length > 0 ? sum(restarts) : null,
  };
}
