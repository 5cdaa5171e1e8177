import type { Experiment } from '@escala/model';
import { stringify } from 'yaml';
import { setImage } from './fields.ts';
import { clientSource, loadManifests, required } from './manifests.ts';
import { namespaceName } from './names.ts';
import { own, type Place, serverWorkload } from './workload.ts';

/** The objects of a study's largest block of each system and of its agents, as YAML, as they would be applied. */
export async function renderManifests(
  experiment: Experiment,
  { run, namespace }: { run: string; namespace: string | undefined },
): Promise<string> {
  const { registry, images, clientsPerPod } = experiment.kubernetes;
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
  const files = await loadManifests(clientSource.manifests);
  const [job, policy] = [required(files, 'Job'), required(files, 'NetworkPolicy')];
  const pods = Math.ceil(Math.max(...experiment.clients) / clientsPerPod);
  if (job.spec) Object.assign(job.spec, { completions: pods, parallelism: pods });
  setImage(job.spec?.template.spec, place.imageName(clientSource.image));
  for (const object of [policy, job]) own(object, place);
  return [...servers.flatMap(({ objects }) => objects), policy, job]
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join('---\n');
}
