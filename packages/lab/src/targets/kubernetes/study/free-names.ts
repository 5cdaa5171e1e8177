import { EscalaError, type Experiment } from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.ts';
import type { PlacedObject } from '../foreign/manifests.ts';
import { clientSettings, clientWorkload } from '../objects/client-workload.ts';
import { ownSystemsOf } from '../objects/manifests.ts';
import {
  claimPrefix,
  collectorName,
  labelValue,
  nameOf,
  pathOf,
  runLabel,
  studyName,
} from '../objects/names.ts';
import { type Place, serverWorkload } from '../objects/workload.ts';

/** What a study will make: its own objects by the experiment, and those of the manifests of others. */
interface Wanted {
  readonly experiment: Experiment;
  readonly manifests: readonly PlacedObject[];
}

/** Whether an object of this name would be in the way, among those of a kind at a path of the API. */
interface Needed {
  readonly kind: string;
  readonly isInTheWay: (name: string) => boolean;
}

/**
 * A study would take over, and at its end remove, what has the names of its own objects; and begin on the disks of
 * others.
 * @throws EscalaError NAMESPACE_LITTERED with the objects of another study, or of nobody's, that have them.
 */
export async function requireFreeNames(api: ClusterApi, place: Place, wanted: Wanted): Promise<void> {
  const needed = await neededNames(wanted, place);
  const found = await Promise.all(
    [...needed].map(async ([path, { kind, isInTheWay }]) => {
      return (await api.list(path))
        .filter((object) => isInTheWay(nameOf(object)) && runOf(object) !== labelValue(place.run))
        .map((object) => `${kind}/${nameOf(object)}${ownerOf(object)}`);
    }),
  );
  const objects = found.flat();
  if (objects.length > 0)
    throw new EscalaError('NAMESPACE_LITTERED', { objects: objects.join(', '), namespace: place.namespace });
}

async function neededNames(
  { experiment, manifests }: Wanted,
  place: Place,
): Promise<ReadonlyMap<string, Needed>> {
  const { kubernetes } = experiment;
  const servers = await Promise.all(
    ownSystemsOf(experiment).flatMap((system) =>
      kubernetes.storage.map((storage) =>
        serverWorkload(system, experiment, place, { name: 'block', replicas: 1, storage }),
      ),
    ),
  );
  const { objects } = await clientWorkload(place, clientSettings(experiment));
  const needed = new Map<string, Needed>();
  const add = (
    kind: string,
    isInTheWay: Needed['isInTheWay'],
    path: string = pathOf(kind, place.namespace),
  ) => {
    const known = needed.get(path);
    needed.set(path, { kind, isInTheWay: (name) => known?.isInTheWay(name) === true || isInTheWay(name) });
  };
  for (const object of [...servers.flatMap(({ objects }) => objects), ...objects]) {
    add(object.kind ?? '', (name) => name === nameOf(object));
    if (object.kind === 'StatefulSet')
      add('PersistentVolumeClaim', (name) => name.startsWith(claimPrefix(nameOf(object))));
  }
  for (const { object, collection } of manifests)
    add(object.kind ?? '', (name) => name === nameOf(object), collection);
  add('Secret', (name) => name === studyName);
  add('Pod', (name) => name.startsWith(`${collectorName}-`));
  return needed;
}

function runOf({ metadata }: KubernetesObject): string | undefined {
  return metadata?.labels?.[runLabel];
}

function ownerOf(object: KubernetesObject): string {
  const run = runOf(object);
  return run === undefined ? '' : ` (${run})`;
}
