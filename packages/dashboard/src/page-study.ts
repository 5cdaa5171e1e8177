import {
  type FactorKey,
  isOpen,
  levelNames,
  loadLevel,
  type Manifest,
  type Results,
  type Sentence,
  type TrialResult,
} from '@escala/model';
import { reasonSentences } from './page-event.ts';

const ofTable: readonly FactorKey[] = ['system', 'replicas', 'messages'];
const ofClosedTable: readonly FactorKey[] = [...ofTable, 'clients'];
const ofOpenTable: readonly FactorKey[] = [...ofTable, 'ratePerSecond'];

/** The plan as the page needs it: what a table of cells says beside its rows and columns, and `others`. */
export function pageStudy({ run, target, experiment, plan }: Manifest) {
  const trials = plan.flatMap((block) => block.trials);
  const cells = [...new Map(trials.map(({ cell }) => [cell.key, cell])).values()];
  return {
    run,
    target,
    name: experiment.name,
    rounds: experiment.rounds,
    cells: cells.map((cell) => ({
      key: cell.key,
      system: cell.system,
      replicas: cell.replicas,
      messages: cell.messages,
      isOpen: isOpen(cell),
      load: loadLevel(cell),
      others: levelNames(cell, experiment, isOpen(cell) ? ofOpenTable : ofClosedTable).join(', '),
    })),
    trials: trials.map((trial) => ({ planIndex: trial.planIndex, cell: trial.cell.key, round: trial.round })),
  };
}

/** What results.json answers, a sentence each: the answer, what else was asked, how far to trust it. Older results have none. */
export function pageAnswer({ answer }: Pick<Results, 'answer'>): Sentence[] {
  return answer ? [answer.sentence, ...answer.further.map(({ sentence }) => sentence), answer.trust] : [];
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
    ...reasonsOf(trial),
  }));
}

function reasonsOf({ audits }: TrialResult) {
  const lowering = audits.filter(({ status }) => status === 'warn' || status === 'fail');
  const sentences = reasonSentences({ findings: lowering });
  return { reasons: lowering.map(({ finding }) => finding), sentences };
}
