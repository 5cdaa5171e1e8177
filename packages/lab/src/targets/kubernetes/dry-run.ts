import type { Experiment } from '@escala/model';
import { stringify } from 'yaml';
import { clientSettings, clientWorkload } from './client-workload.ts';
import { namespaceName } from './names.ts';
import { type Place, serverWorkload } from './workload.ts';

/** The objects of a study's largest block of each system and of its agents, as YAML, as they would be applied. */
export async function renderManifests(
  experiment: Experiment,
  { run, namespace }: { run: string; namespace: string | undefined },
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
    experiment.systems.map((system) =>
      serverWorkload(system, experiment, place, { name: 'block', replicas }),
    ),
  );
  const agents = await clientWorkload(place, clientSettings(experiment));
  return [...servers, agents]
    .flatMap(({ objects }) => objects)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join('---\n');
}
