import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blockKey, type ClusterIdentity, type Event, type Manifest, runFiles } from '@escala/model';
import { readManifest } from '@escala/model/study';
import { readEvents } from '../disk/event-log.ts';
import type { Pace } from '../targets/contract/row.ts';
import { expectStudy } from './estimate.ts';

/** What a study takes besides its load, and the run in which that was measured; null: the target's usual pace. */
export interface KnownPace {
  readonly pace: Pace;
  readonly run: string | null;
}

/** The pace of the last finished run on the cluster, of those that lie beside `folder`. */
export async function knownPace(
  usual: Pace,
  cluster: ClusterIdentity | undefined,
  folder: string,
): Promise<KnownPace> {
  for (const run of cluster ? await runsBeside(folder, cluster) : []) {
    const pace = measuredPace(run.manifest, eventsIn(run.folder), usual);
    if (pace) return { pace, run: run.manifest.run };
  }
  return { pace: usual, run: null };
}

/** The newest first. */
async function runsBeside(
  folder: string,
  cluster: ClusterIdentity,
): Promise<{ folder: string; manifest: Manifest }[]> {
  const place = dirname(folder);
  const names = await readdir(place).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name) => {
      // What is no run, or none of this version, says nothing here.
      const manifest = await readManifest(join(place, name)).catch(() => undefined);
      const known = manifest?.environment.cluster;
      return manifest && known && isSameCluster(known, cluster)
        ? [{ folder: join(place, name), manifest }]
        : [];
    }),
  );
  return runs.flat().sort((a, b) => b.manifest.createdAtUs - a.manifest.createdAtUs);
}

/** Two clusters may have one address after the other: the address decides only where the uid is not known. */
function isSameCluster(a: ClusterIdentity, b: ClusterIdentity): boolean {
  return a.uid !== null && b.uid !== null ? a.uid === b.uid : a.server === b.server;
}

function eventsIn(folder: string): readonly Event[] {
  try {
    return readEvents(join(folder, runFiles.events));
  } catch {
    return [];
  }
}

/** From the events of a run; undefined where it was not run from its beginning to its end at once. */
export function measuredPace(
  { plan, experiment, prepareMs }: Pick<Manifest, 'plan' | 'experiment' | 'prepareMs'>,
  events: readonly Event[],
  usual: Pace,
): Pace | undefined {
  const count = (type: Event['type']) => events.filter((event) => event.type === type).length;
  if (count('run-started') !== 1 || count('run-finished') !== 1 || prepareMs === undefined) return undefined;
  const bare = expectStudy(plan, experiment, { ...usual, startS: 0, trialS: 0 });
  const { blocksS, trials } = timesIn(events);
  const loads = new Map(
    bare.trials.map(({ planIndex, knownS, partsS, guesses }) => [
      planIndex,
      // How long a service of others takes is in no file.
      guesses.length > 0 ? null : partsS.reduce((sum, partS) => sum + partS, knownS),
    ]),
  );
  const overheads = trials.flatMap(({ planIndex, tookS }) => {
    const loadS = loads.get(planIndex) ?? null;
    return loadS === null ? [] : [Math.max(0, tookS - loadS)];
  });
  const [firstS = usual.trialS, ...othersS] = overheads;
  const trialS = othersS.sort((a, b) => a - b)[Math.floor(othersS.length / 2)] ?? usual.trialS;
  const usualS = [...blocksS.keys()].reduce((sum, key) => sum + (bare.blockS[key] ?? 0), 0);
  const factor = [...blocksS.values()].reduce((sum, tookS) => sum + tookS, 0) / usualS;
  return {
    // The first trial waits for the agents.
    startS: prepareMs / 1_000 + Math.max(0, firstS - trialS),
    trialS,
    blockS: usual.blockS * factor,
    replicaS: usual.replicaS * factor,
  };
}

/** What each trial took until it was judged, in the order of their ends, and each block besides its trials. */
function timesIn(events: readonly Event[]) {
  const blocksS = new Map<string, number>();
  const trials: { planIndex: number; tookS: number }[] = [];
  let [key, edgeUs, preparedAtUs] = ['', 0, 0];
  for (const event of events) {
    const sinceS = (us: number) => (event.atUs - us) / 1e6;
    if (event.type === 'block-started') [key, edgeUs] = [blockKey(event), event.atUs];
    if (event.type === 'trial-prepared' || event.type === 'block-ended') {
      blocksS.set(key, (blocksS.get(key) ?? 0) + sinceS(edgeUs));
      preparedAtUs = event.atUs;
    }
    if (event.type === 'trial-finished')
      trials.push({ planIndex: event.planIndex, tookS: sinceS(preparedAtUs) });
    const last = trials.at(-1);
    if (event.type === 'trial-judged' && last) last.tookS = sinceS(preparedAtUs);
    if (event.type === 'trial-finished' || event.type === 'trial-judged') edgeUs = event.atUs;
  }
  return { blocksS, trials };
}
