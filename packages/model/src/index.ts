export * from './agent-protocol.ts';
export * from './arrivals.ts';
export * from './clock.ts';
export * from './columns.ts';
export * from './control-group.ts';
export * from './csv.ts';
export * from './end-with-stdin.ts';
export * from './exclusive.ts';
export * from './failures.ts';
export * from './finding-text.ts';
export * from './findings.ts';
export * from './fit-reasons.ts';
export * from './fit-sentences.ts';
export * from './ids.ts';
export * from './language.ts';
export * from './listen-problem.ts';
export * from './message-api.ts';
export * from './nearest.ts';
export * from './nearest-path.ts';
export {
  DURATION_US_MAX,
  file,
  folder,
  name,
  namespace,
  PAYLOAD_BYTES_MAX,
  wholeNumber,
} from './option-kinds.ts';
export * from './option-table.ts';
export * from './options.ts';
export * from './origin-cell.ts';
export * from './origin-findings.ts';
export * from './problems.ts';
export * from './processors.ts';
export * from './program-help.ts';
export * from './random.ts';
export * from './run-folder.ts';
export * from './run-id.ts';
export * from './run-program.ts';
export * from './same-secret.ts';
export * from './sentences.ts';
export * from './shell-word.ts';
export * from './study/curves.ts';
export type * from './study/estimates.ts';
export type * from './study/events.ts';
export type * from './study/experiment.ts';
export {
  blockKey,
  cellsOf,
  type FactorKey,
  factorKeys,
  isVaried,
  type Levels,
  levelNames,
  serversOf,
  serversOfCell,
  type TargetKey,
  targetKeys,
} from './study/factors.ts';
export type * from './study/judgements.ts';
export type * from './study/laws.ts';
export * from './study/load.ts';
export type * from './study/manifest.ts';
export * from './study/names.ts';
export type * from './study/results.ts';
export type * from './study/trial-record.ts';
export * from './study-verdict.ts';
export * from './system-file.ts';
export * from './system-reason.ts';
export { type Threshold, thresholdMetrics } from './thresholds.ts';
export * from './throttling.ts';
export * from './time-left.ts';
export * from './units.ts';
export * from './version.ts';
export * from './whole-file.ts';
export * from './witness.ts';
export * from './wrap.ts';
