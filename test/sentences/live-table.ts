import type { ProgressState } from '../../packages/cli/src/progress/study-progress.ts';
import type { Link } from '../../packages/dashboard/src/page/overview.js';
import type { State, Step } from '../../packages/dashboard/src/page/study-state.js';

/** Of the line of live progress: exactly when each part stands in its full form. */
export const progressTable: Readonly<Record<string, (standing: ProgressState) => boolean>> = {
  trial: () => true,
  elapsed: () => true,
  left: () => true,
  throughput: () => true,
  noProblems: ({ judged, failed, problems }) => judged > 0 && failed + problems === 0,
  failed: ({ failed }) => failed > 0,
  problems: ({ problems }) => problems > 0,
  now: ({ trial }) => trial !== null,
  waitingServers: ({ waiting }) => waiting?.for === 'servers',
  waitingAgents: ({ waiting }) => waiting?.for === 'agents',
};

/** Progress words beside those: the reason why each has no row. */
export const progressReasons: Readonly<Record<string, string>> = {
  trialShort: 'the same as trial, for narrow windows (packages/cli/test/progress.test.ts)',
  throughputShort: 'the same as throughput',
  judged: 'said with the verdict of each event that is not VALID (progress.test.ts)',
  dropped: 'said of each such event (progress.test.ts)',
};

const isFollowed = ({ isConnected, isThere, isReplay }: Link) => isConnected && isThere && !isReplay;
const isRunning = (link: Link, { phase, pods }: State) => isFollowed(link) && phase === 'running' && !pods;

const isAt = (key: Step['key']) => (link: Link, state: State) =>
  isRunning(link, state) && link.silentS <= 90 && state.step?.key === key;

/** What stands on top of the live page: exactly one sentence in each state of run and link. */
export const statusTable: Readonly<Record<string, (link: Link, state: State) => boolean>> = {
  statusUnconnected: ({ isConnected }) => !isConnected,
  statusGone: ({ isConnected, isThere }) => isConnected && !isThere,
  statusReplay: ({ isConnected, isThere, isReplay }) => isConnected && isThere && isReplay,
  waiting: (link, { phase }) => isFollowed(link) && phase === 'waiting',
  statusFinished: (link, { phase }) => isFollowed(link) && phase === 'finished',
  statusInterrupted: (link, { phase }) => isFollowed(link) && phase === 'interrupted',
  statusServers: (link, { phase, pods }) =>
    isFollowed(link) && phase === 'running' && pods?.for === 'servers',
  statusAgents: (link, { phase, pods }) => isFollowed(link) && phase === 'running' && pods?.for === 'agents',
  statusSilent: (link, state) => isRunning(link, state) && link.silentS > 90,
  statusPreparing: (link, state) => isRunning(link, state) && link.silentS <= 90 && !state.step,
  statusStarting: isAt('statusStarting'),
  statusReadying: isAt('statusReadying'),
  statusMeasuring: isAt('statusMeasuring'),
  statusCollecting: isAt('statusCollecting'),
  statusJudging: isAt('statusJudging'),
};

/** Sentences of the live page beside those: the reason why each has no row. */
export const pageReasons: Readonly<Record<string, string>> = {
  needsScript: 'stands where a browser runs no script (page-parts.test.ts)',
  throughputSays: 'says how to read the chart, with numbers of the newest span (study-state.test.ts)',
  latencySays: 'the same of the other chart',
  growthIdeal: 'says what the dashed line is, where clients wait for answers (test/browser)',
  growthSays: 'says how to read the picture, with the load that it shows (test/browser)',
  nothingYet: 'stands as long as there is no span (test/browser)',
  matrixHelp: 'says how to use the keys',
  perReplicaLater: 'stands as long as no trial of the cell was judged (test/browser)',
  perReplicaUnknown: 'stands where a judged trial named none (page-parts.test.ts)',
  noNotes: 'stands for an empty list where a trial was judged (page-parts.test.ts)',
  noneJudged: 'stands for an empty list where none was (page-parts.test.ts)',
  noteAlso: 'names the trials that have a reason, too (study-state.test.ts)',
};
