export { type Analysis, analyzeRun, openAnalysis } from './analysis.ts';
export type { Chances } from './compare/power.ts';
export {
  compareRuns,
  failingInSecond,
  isBeyondMargin,
  isTable,
  type RunComparison,
  slowerBeyondMargin,
} from './compare-runs.ts';
export { exportRun } from './export/export-run.ts';
export { analyzeOrigin, type OriginAnalysis, type OriginFile } from './origin/analyze-origin.ts';
export type { OriginSource } from './origin/load-origin.ts';
export type { TableSource } from './table/read-table.ts';
export type { VerifyProblem } from './verify/problem.ts';
export { verifyRun } from './verify/verify-run.ts';
