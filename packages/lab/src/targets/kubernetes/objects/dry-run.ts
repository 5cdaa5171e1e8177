import { type Experiment, isStarted } from '@escala/model';
import { stringify } from 'yaml';
import { clientSettings, clientWorkload } from './client-workload.ts';
import { namespaceName } from './names.ts';
import { type Place, serverWorkload } from './workload.ts';

/**
 * The objects of a study's largest block of each system and kind of storage, and of its agents, as YAML, as they would
 * be applied.
 */
export async function renderManifests(
  experiment: Experiment,
  { run, namespace }: { readonly run: string; readonly namespace?: string | undefined },
): Promise<string> {
  const { registry, images } = experiment.kubernetes;
  const prefix = images === 'push' && registry !== null ? `${registry}/` : '';
  const place: Place = {
    run,
    namespace: namespace ?? namespaceName(run),
    imageName: (image) => prefix + image,
  };
  const replicas = Math.max(...experiment.replicas);
  const servers = await Promise.all(
    experiment.systems
      .filter(isStarted)
      .flatMap((system) =>
        experiment.kubernetes.storage.map((storage) =>
          serverWorkload(system, experiment, place, { name: 'block', replicas, storage }),
        ),
      ),
  );
  const agents = await clientWorkload(place, clientSettings(experiment));
  const objects = [...servers, agents]
    .flatMap(({ objects }) => objects)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }));
  // Kinds of storage share their Service and its policy.
  return [...new Set(objects)].join('---\n');
}
