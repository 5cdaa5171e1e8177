import type { Manifest, Results, TrialResult } from '@escala/model';
import { reasonSentences } from './page-event.ts';

/** The plan as the page needs it. */
export function pageStudy({ run, target, experiment, plan }: Manifest) {
  const trials = plan.flatMap((block) => block.trials);
  const cells = [...new Map(trials.map(({ cell }) => [cell.key, cell])).values()];
  return {
    run,
    target,
    name: experiment.name,
    rounds: experiment.rounds,
    cells: cells.map(({ key, system, replicas, clients, messages, ratePerSecond }) => ({
      key,
      system,
      replicas,
      clients,
      messages,
      ratePerSecond,
    })),
    trials: trials.map((trial) => ({
      planIndex: trial.planIndex,
      cell: trial.cell.key,
      round: trial.round,
    })),
  };
}

/** The verdicts of results.json, for runs whose events hold none. */
export function pageVerdicts({ trials }: Pick<Results, 'trials'>) {
  return trials.map((trial) => ({
    cell: trial.cell,
    round: trial.round,
    verdict: trial.verdict,
    throughput: trial.throughputWindow ?? trial.throughputMakespan,
    latencyUs: trial.latencyUs,
    statusCodes: trial.statusCodes,
    replicas: trial.replicas.map(({ name, requests }) => ({ name, requests })),
    sentences: reasonsOf(trial),
  }));
}

function reasonsOf({ audits }: TrialResult) {
  const lowering = audits.filter(({ status }) => status === 'warn' || status === 'fail');
  return reasonSentences({ findings: lowering });
}
