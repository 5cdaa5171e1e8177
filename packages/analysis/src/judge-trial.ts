import type { AuditResult, Manifest, TrialResult, Verdict } from '@escala/model';
import { jainIndex, maxOverMean } from '@escala/stats';
import { auditTrial } from './audits/all.ts';
import { isOpenLoop } from './audits/audit.ts';
import { isMachineLimited } from './audits/conditions/machine.ts';
import { thresholds } from './thresholds.ts';
import type { TrialFacts } from './trial-facts.ts';

/** What is known of the study of a trial when the trial is judged. */
export type StudyFacts = Pick<Manifest, 'experiment' | 'environment' | 'selftest'>;

/** Facts into numbers and a verdict. Pure: the same facts give the same result. */
export function judgeFacts(facts: TrialFacts, study: StudyFacts): TrialResult {
  const { experiment } = study;
  const kind = kindOf(facts);
  const system = experiment.systems.find(({ name }) => name === facts.record.cell.system);
  const audits = auditTrial(facts, { experiment, system, kind, ceilingPerSecond: ceilingOf(facts, study) });
  const { record, window, makespan, counts } = facts;
  const skews = record.agents.map(({ startSkewUs }) => Math.abs(startSkewUs));
  return {
    cell: record.cell.key,
    round: record.round,
    planIndex: record.planIndex,
    actualIndex: record.actualIndex,
    block: record.block,
    startAtUs: record.startAtUs,
    verdict: verdictOf(audits),
    audits,
    kind,
    counts,
    statusCodes: facts.statusCodes,
    ...kindsOf(facts),
    window: window && { fromUs: window.fromUs, toUs: window.toUs, answered: window.answered },
    throughputWindow: window && (window.answered * 1e6) / (window.toUs - window.fromUs),
    throughputMakespan:
      makespan && (counts.outcomes.answered * 1e6) / (makespan.lastDoneUs - makespan.firstSentUs),
    latencyUs: facts.latencyUs,
    spectrum: facts.spectrum,
    serviceTimeUs: facts.serviceTimeUs,
    replicas: facts.replicas.map(({ name, requests, busyUs }) => ({ name, requests, busyUs })),
    balance: balanceOf(facts),
    // Anything else only the other cells tell; the study puts it in.
    regime: isMachineLimited(facts, study) ? 'machine-limited' : 'unknown',
    startSkewUsMax: skews.length > 0 ? Math.max(...skews) : null,
    agents: record.agents,
    incidents: record.incidents,
    cpu: facts.cpu,
    machines: facts.machines,
    arrivals: arrivalsOf(facts),
    timeline: facts.timeline,
  };
}

function kindsOf({ kinds, window, makespan }: TrialFacts): Pick<TrialResult, 'kinds'> {
  if (kinds.length === 0) return {};
  return {
    kinds: kinds.map(({ answeredInWindow, ...kind }) => ({
      ...kind,
      throughputWindow: window && (answeredInWindow * 1e6) / (window.toUs - window.fromUs),
      throughputMakespan:
        makespan && (kind.outcomes.answered * 1e6) / (makespan.lastDoneUs - makespan.firstSentUs),
    })),
  };
}

/** Whether what happened was recorded as it was, though so much of it may have failed that no throughput can stand. */
export function isSound({ audits }: Pick<TrialResult, 'audits'>): boolean {
  return audits.every(({ audit, status }) => status !== 'fail' || audit === 'failures');
}

/**
 * Whether the percentiles of a trial may stand: it is not INVALID, or so only by failures that were all timeouts. These
 * have a rank, behind every answer; what a refused request would have taken has none.
 */
export function ranksEveryRequest(trial: TrialResult): boolean {
  const { requests, outcomes } = trial.counts;
  if (trial.verdict !== 'INVALID') return true;
  return isSound(trial) && outcomes.answered + outcomes.timeout === requests;
}

/** INVALID where an audit fails, SUSPECT where one warns; what cannot be assessed lowers nothing. */
function verdictOf(audits: readonly AuditResult[]): Verdict {
  if (audits.some(({ status }) => status === 'fail')) return 'INVALID';
  return audits.some(({ status }) => status === 'warn') ? 'SUSPECT' : 'VALID';
}

/** The self-test gives the client one core and the server another: so many pairs of cores there are for the agents. */
function ceilingOf({ record }: TrialFacts, { selftest, environment }: StudyFacts): number | null {
  if (selftest === undefined) return null;
  const pairs = Math.max(1, Math.floor(environment.cpus / 2));
  return selftest.ceiling.requestsPerSecond * Math.min(record.agents.length, pairs);
}

/** Too few requests per client inside the window make a burst, for which only the makespan means something. */
function kindOf(facts: TrialFacts): TrialResult['kind'] {
  if (!facts.window) return 'burst';
  const least = isOpenLoop(facts)
    ? thresholds.windowRequestsOpenMin
    : thresholds.windowRequestsPerClientMin * facts.record.cell.clients;
  return facts.window.answered >= least ? 'steady' : 'burst';
}

function balanceOf({ replicas }: TrialFacts): TrialResult['balance'] {
  const requests = replicas.map((replica) => replica.requests);
  const jain = jainIndex(requests);
  const highest = maxOverMean(requests);
  return jain === null || highest === null ? null : { jain, maxOverMean: highest };
}

function arrivalsOf({ arrivals }: TrialFacts): TrialResult['arrivals'] {
  if (!arrivals) return null;
  const { ratePerSecond, interarrivalCv, sendLagUsP99, sendLagUsMax } = arrivals;
  return { ratePerSecond, interarrivalCv, sendLagUsP99, sendLagUsMax };
}
