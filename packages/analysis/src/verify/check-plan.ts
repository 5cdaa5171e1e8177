import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { runFiles, sentences, serversOfCell, trialFiles } from '@escala/model';
import { sha256 } from '@escala/model/study';
import type { RunOnDisk } from '../run/read-run.ts';
import type { VerifyProblem } from './problem.ts';

const verifyWords = sentences.analysis.verify;

/**
 * The plan against what ran: every block has the factors of its trials, every trial the cell of its record, and
 * experiment.yaml is the text that the run began with. Runs from before its sum was kept are not asked for it.
 */
export async function checkPlan({ folder, manifest, trials }: RunOnDisk): Promise<readonly VerifyProblem[]> {
  const problems: VerifyProblem[] = [];
  const records = new Map(trials.map((trial) => [trial.record.planIndex, trial]));
  for (const [i, block] of manifest.plan.entries()) {
    for (const { planIndex, round, cell } of block.trials) {
      const { trials: _trials, ...name } = block;
      if (!isDeepStrictEqual({ round, ...serversOfCell(cell) }, name)) {
        problems.push(problem(`${runFiles.manifest}:plan[${i}]`, verifyWords.block));
      }
      const trial = records.get(planIndex);
      if (
        trial &&
        !isDeepStrictEqual({ round, cell }, { round: trial.record.round, cell: trial.record.cell })
      ) {
        problems.push(problem(relative(folder, join(trial.folder, trialFiles.record)), verifyWords.planned));
      }
    }
  }
  const file = join(folder, runFiles.experiment);
  const sum = manifest.experimentSha256;
  if (sum !== undefined && existsSync(file) && (await sha256(file)) !== sum) {
    problems.push(problem(runFiles.experiment, verifyWords.experiment));
  }
  return problems;
}

function problem(where: string, message: VerifyProblem['message']): VerifyProblem {
  return { code: 'PLAN_CHANGED', where, message };
}
