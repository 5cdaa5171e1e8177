import { join } from 'node:path';

/** Where everything of a run lies (`docs/reference/run-folder.md`). */
export const runFiles = {
  experiment: 'experiment.yaml',
  manifest: 'manifest.json',
  events: 'events.ndjson',
  requests: 'requests.csv',
  /** What the clients send, where systems have requests of their own: read and checked before the study began. */
  plannedRequests: 'planned-requests.json',
  results: 'results.json',
  report: 'report.html',
  figures: 'figures',
  tables: 'tables',
  checksums: 'checksums.txt',
  cells: 'cells',
  /** Logs of servers and agents, and the servers' data folders while they live. */
  processes: 'processes',
} as const;

/** The files of one trial, in `cells/<cell>/<round>/`. */
export const trialFiles = {
  client: (agent: string) => `client-${agent}.csv`,
  ledger: (replica: string) => `ledger-${replica}.csv`,
  warmup: 'warmup.csv',
  resources: 'resources.csv',
  requests: 'requests.csv',
  record: 'cell.json',
} as const;

/** `cells/<cell>/<round>` inside the run folder. */
export function trialFolder(runFolder: string, cellKey: string, round: number): string {
  return join(runFolder, runFiles.cells, cellKey, String(round));
}

/** A run's name from its start: `20261123T093000Z-founding`. It is an id, so it may stand in request ids and labels. */
export function runName(startedAtUs: number, experiment: string): string {
  const time = new Date(startedAtUs / 1_000).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${experiment}`;
}
