import type { MachineLook, MachineRecord, MachineUse, TrialRecord } from '@escala/model';
import { thresholds } from '../thresholds.ts';
import type { TrialFacts } from '../trial-facts.ts';

/** What each machine did in the window of a trial, from the counters that cell.json holds; empty in older runs. */
export function machineUses(
  record: TrialRecord,
  { makespan, window }: Pick<TrialFacts, 'makespan' | 'window'>,
): readonly MachineUse[] {
  if (!makespan) return [];
  // Rows carry the agents' clock, looks the lab's.
  const offsetUs = record.agents[0]?.clockOffsetUs ?? 0;
  const { fromUs, toUs } = window ?? { fromUs: makespan.firstSentUs, toUs: makespan.lastDoneUs };
  const spans = {
    firstSentUs: makespan.firstSentUs - offsetUs,
    fromUs: fromUs - offsetUs,
    toUs: toUs - offsetUs,
  };
  return (record.machines ?? []).flatMap((machine) => {
    const edges = edgesOf(machine.looks, spans);
    if (!edges) return [];
    const nodes = [machine.node, ...(machine.alsoNodes ?? [])];
    const servers = record.replicas.filter(({ node }) => nodes.includes(node)).length;
    return [{ servers, ...useOf(machine, edges, spans) }];
  });
}

interface Edges {
  readonly start: MachineLook;
  readonly end: MachineLook;
}

/** The window of a trial, in which all clients were active, and its first send. */
type Spans = Readonly<Record<'firstSentUs' | 'fromUs' | 'toUs', number>>;

/** The looks next to the first send and next to the end of the window. */
function edgesOf(looks: readonly MachineLook[], { firstSentUs, toUs }: Spans): Edges | undefined {
  const nearest = (among: readonly MachineLook[], us: number) =>
    among.toSorted((a, b) => Math.abs(a.atUs - us) - Math.abs(b.atUs - us))[0];
  const end = nearest(
    looks.filter(({ atUs }) => atUs > firstSentUs),
    toUs,
  );
  const start = nearest(
    looks.filter((look) => end !== undefined && look.atUs < end.atUs),
    firstSentUs,
  );
  return start && end && { start, end };
}

/**
 * Servers and agents are idle before the first send, so that what they used between two looks they used since then, to
 * the microsecond. The second look comes some milliseconds before or after the end of the window: what was used in
 * these, anything from nothing to all processors, is the error of the share. The machine's own counters go by steps,
 * which are too coarse for a short trial: what others used is then taken from the second around it.
 */
function useOf(
  { node, cores, stepUs, looks }: MachineRecord,
  { start, end }: Edges,
  { firstSentUs, fromUs, toUs }: Spans,
): Omit<MachineUse, 'servers'> {
  const [first = start, last = end] = [looks[0], looks.at(-1)];
  const windowUs = toUs - fromUs;
  const isLong = end.atUs - start.atUs >= thresholds.machineSpanUsMin;
  const wide = isLong ? { start, end } : { start: first, end: last };
  const seenUs = end.atUs - Math.max(firstSentUs, start.atUs);
  const others = sharesOf(wide, cores);
  const before = start.atUs > first.atUs ? sharesOf({ start: first, end: start }, cores) : null;
  const spanUs = wide.end.atUs - wide.start.atUs;
  const loadUs = between({ start, end }, 'loadUs');
  // Only what was seen of the window tells how busy it kept the machine.
  const isSeen =
    Math.min(toUs, end.atUs) - Math.max(fromUs, start.atUs) >= thresholds.machineSeenMin * windowUs;
  const loadShare = isSeen && loadUs !== null ? loadUs / (cores * seenUs) : null;
  const labShare = sharesOf({ start, end }, cores).lab;
  const parts = [loadShare, labShare, others.others, others.stolen ?? 0];
  const busyShare = parts.every((part) => part !== null)
    ? Math.min(
        1,
        parts.reduce((sum, part) => sum + part, 0),
      )
    : null;
  const outside = Math.abs(seenUs - windowUs) / windowUs;
  const edgeUs = Math.max(thresholds.machineEdgeUs, end.withinUs ?? 0);
  const error = edgeUs / windowUs + stepUs / (cores * spanUs);
  const waitedUs = between({ start, end }, 'waitedUs');
  const pressureUs = between({ start, end }, 'pressureUs');
  return {
    node,
    cores,
    windowUs,
    busyShare,
    busyShareMin: busyShare && Math.max(0, busyShare - (1 - busyShare) * outside - error),
    busyShareMax: busyShare && Math.min(1, busyShare + busyShare * outside + error),
    oursShare: loadShare === null || labShare === null ? null : Math.min(1, loadShare + labShare),
    labShare,
    othersShare: others.others,
    othersBeforeShare: before?.others ?? null,
    othersSpanUs: spanUs,
    stolenShare: others.stolen,
    waitedShare: waitedUs === null || !loadUs ? null : waitedUs / (waitedUs + loadUs),
    pressureShare: pressureUs === null ? null : Math.min(1, pressureUs / (end.atUs - start.atUs)),
  };
}

type Counter = Exclude<keyof MachineLook, 'atUs' | 'withinUs'>;

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
