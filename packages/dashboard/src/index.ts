export { type Dashboard, startDashboard } from './dashboard.ts';
export type { WatchedRun } from './follow-run.ts';
