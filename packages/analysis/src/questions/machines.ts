import type { MachineLook, MachineRecord, MachineUse, TrialRecord } from '@escala/model';
import { thresholds } from '../thresholds.ts';
import type { TrialFacts } from '../trial-facts.ts';

/** What each machine did while the trial lasted, from the counters that cell.json holds; empty in older runs. */
export function machineUses(record: TrialRecord, makespan: TrialFacts['makespan']): readonly MachineUse[] {
  if (!makespan) return [];
  // Rows carry the agents' clock, looks the lab's.
  const offsetUs = record.agents[0]?.clockOffsetUs ?? 0;
  const [fromUs, toUs] = [makespan.firstSentUs - offsetUs, makespan.lastDoneUs - offsetUs];
  return (record.machines ?? []).flatMap((machine) => {
    const edges = edgesOf(machine.looks, fromUs, toUs);
    if (!edges) return [];
    const servers = record.replicas.filter(({ node }) => node === machine.node).length;
    return [{ servers, ...useOf(machine, edges, { fromUs, toUs }) }];
  });
}

interface Edges {
  readonly start: MachineLook;
  readonly end: MachineLook;
}

/** The look next to the first send, and the first one after the last answer. */
function edgesOf(looks: readonly MachineLook[], fromUs: number, toUs: number): Edges | undefined {
  const end = looks.find(({ atUs }) => atUs >= toUs) ?? looks.at(-1);
  const before = looks.filter((look) => end !== undefined && look.atUs < end.atUs);
  const distance = ({ atUs }: MachineLook) => Math.abs(atUs - fromUs);
  const start = before.reduce<MachineLook | undefined>(
    (nearest, look) => (nearest && distance(nearest) <= distance(look) ? nearest : look),
    undefined,
  );
  return start && end && { start, end };
}

type Window = Readonly<Record<'fromUs' | 'toUs', number>>;

/**
 * Servers and agents do all their work between the first send and the last answer, so that what they used between two
 * looks around that is what they used in it, to the microsecond. The machine's own counters go by steps, which are too
 * coarse for a short trial: what others used is then taken from the second around it.
 */
function useOf(
  { node, cores, stepUs, looks }: MachineRecord,
  { start, end }: Edges,
  { fromUs, toUs }: Window,
): Omit<MachineUse, 'servers'> {
  const [first = start, last = end] = [looks[0], looks.at(-1)];
  const lastedUs = toUs - fromUs;
  const isLong = end.atUs - start.atUs >= thresholds.machineSpanUsMin;
  const wide = isLong ? { start, end } : { start: first, end: last };
  const seenUs = Math.min(toUs, end.atUs) - Math.max(fromUs, start.atUs);
  const others = sharesOf(wide, cores);
  const before = start.atUs > first.atUs ? sharesOf({ start: first, end: start }, cores) : null;
  const spanUs = wide.end.atUs - wide.start.atUs;
  const loadUs = between({ start, end }, 'loadUs');
  // Only what was seen of the trial tells how busy it kept the machine.
  const isSeen = seenUs >= thresholds.machineSeenMin * lastedUs && loadUs !== null;
  const loadShare = isSeen ? loadUs / (cores * seenUs) : null;
  const labShare = sharesOf({ start, end }, cores).lab;
  const parts = [loadShare, labShare, others.others, others.stolen ?? 0];
  const isKnown = parts.every((part) => part !== null);
  const waitedUs = between({ start, end }, 'waitedUs');
  const pressureUs = between({ start, end }, 'pressureUs');
  return {
    node,
    cores,
    lastedUs,
    busyShare: isKnown
      ? Math.min(
          1,
          parts.reduce((sum, part) => sum + part, 0),
        )
      : null,
    errorShare: thresholds.machineEdgeUs / lastedUs + stepUs / (cores * spanUs),
    oursShare: loadShare === null || labShare === null ? null : Math.min(1, loadShare + labShare),
    othersShare: others.others,
    othersBeforeShare: before?.others ?? null,
    othersSpanUs: spanUs,
    stolenShare: others.stolen,
    waitedShare: waitedUs === null || !loadUs ? null : waitedUs / (waitedUs + loadUs),
    pressureShare: pressureUs === null ? null : Math.min(1, pressureUs / (end.atUs - start.atUs)),
  };
}

type Counter = Exclude<keyof MachineLook, 'atUs'>;

function between({ start, end }: Edges, counter: Counter): number | null {
  const [from, to] = [start[counter], end[counter]];
  return from === null || to === null ? null : Math.max(0, to - from);
}

/** Of all cores, between two looks. Others have what was busy and is not ours; counters that disagree give them nothing. */
function sharesOf(edges: Edges, cores: number) {
  const coreUs = cores * (edges.end.atUs - edges.start.atUs);
  const share = (us: number | null) => (us === null ? null : Math.max(0, us / coreUs));
  const [busyUs, loadUs, labUs] = (['busyUs', 'loadUs', 'labUs'] as const).map((counter) =>
    between(edges, counter),
  );
  const isKnown = busyUs != null && loadUs != null && labUs != null;
  return {
    lab: share(labUs ?? null),
    others: isKnown ? share(busyUs - loadUs - labUs) : null,
    stolen: share(between(edges, 'stolenUs')),
  };
}
