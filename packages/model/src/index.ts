export * from './findings/failures.ts';
export * from './findings/finding-text.ts';
export * from './findings/fit-sentences.ts';
export * from './findings/origin.ts';
export * from './findings/study-verdict.ts';
export * from './machine/clock.ts';
export * from './machine/exclusive.ts';
export * from './machine/processors.ts';
export * from './machine/whole-file.ts';
export * from './machine/witness.ts';
export * from './problems/nearest.ts';
export * from './problems/problems.ts';
export * from './problems/shell-word.ts';
export * from './problems/system-reason.ts';
export {
  DURATION_US_MAX,
  expectedStatus,
  file,
  folder,
  headerField,
  host,
  httpUrl,
  name,
  namespace,
  PAYLOAD_BYTES_MAX,
  quantities,
  replicaPlace,
  wholeNumber,
} from './program/option-kinds.ts';
export * from './program/option-table.ts';
export * from './program/options.ts';
export * from './program/program-help.ts';
export * from './program/run-program.ts';
export * from './program/secrets.ts';
export type { Threshold } from './program/thresholds.ts';
export * from './program/tls-files.ts';
export * from './program/wrap.ts';
export * from './protocol/agent-protocol.ts';
export * from './protocol/allowed-hosts.ts';
export * from './protocol/arrivals.ts';
export * from './protocol/columns.ts';
export * from './protocol/ids.ts';
export * from './protocol/message-api.ts';
export * from './protocol/random.ts';
export { filledTemplate } from './requests/template.ts';
export * from './sentences/sentences.ts';
export * from './sentences/units.ts';
export * from './study/curves.ts';
export type * from './study/estimates.ts';
export type * from './study/events.ts';
export type * from './study/experiment.ts';
export * from './study/factors.ts';
export {
  blockKey,
  cellsOf,
  type FactorKey,
  factorKeys,
  factors,
  isHeld,
  isVaried,
  type Levels,
  levelNames,
  nameOf,
  serversOf,
  serversOfCell,
  type TargetKey,
  targetKeys,
} from './study/factors.ts';
export * from './study/files/nearest-path.ts';
export * from './study/files/run-folder.ts';
export type * from './study/judgements.ts';
export type * from './study/laws.ts';
export type * from './study/manifest.ts';
export * from './study/names.ts';
export type * from './study/results.ts';
export * from './study/time-left.ts';
export type * from './study/trial-record.ts';
