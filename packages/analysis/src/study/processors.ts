import type { CellResult, MachineUse, TrialResult } from '@escala/model';
import { mean } from '@escala/stats';

type Processors = NonNullable<CellResult['processors']>;

/** Means over those of these trials whose machines say what they were busy with; null where none does. */
export function processorsOf(trials: readonly TrialResult[]): Processors | null {
  const known = trials.flatMap((trial) => ofTrial(trial) ?? []);
  if (known.length === 0) return null;
  const meanOf = (key: keyof Processors) => mean(known.map((one) => one[key]));
  return {
    cores: meanOf('cores'),
    servers: meanOf('servers'),
    agents: meanOf('agents'),
    others: meanOf('others'),
  };
}

/**
 * Machines tell the time of servers and agents together, in the window and exactly; the samples of each process, which
 * reach beyond the window, tell which part the servers had. The lab stands with the agents: both are the measurement's.
 */
function ofTrial({ machines = [], cpu }: TrialResult): Processors | null {
  const { serverCores = null, agentCores = null } = cpu;
  const isKnown = machines.every(({ oursShare, othersShare }) => oursShare !== null && othersShare !== null);
  if (machines.length === 0 || !isKnown || serverCores === null || agentCores === null) return null;
  const coresBusy = (share: (machine: MachineUse) => number) =>
    machines.reduce((sum, machine) => sum + machine.cores * share(machine), 0);
  const ours = coresBusy(({ oursShare }) => oursShare ?? 0);
  const lab = coresBusy(({ labShare }) => labShare ?? 0);
  const measured = serverCores + agentCores;
  const servers = measured === 0 ? 0 : (Math.max(0, ours - lab) * serverCores) / measured;
  return {
    cores: coresBusy(() => 1),
    servers,
    agents: ours - servers,
    others: coresBusy(othersOf),
  };
}

/** Others are watched for longer than the window, in which they had at most what servers and agents left. */
const othersOf = ({ oursShare, othersShare, stolenShare }: MachineUse) =>
  Math.min((othersShare ?? 0) + (stolenShare ?? 0), 1 - (oursShare ?? 0));
