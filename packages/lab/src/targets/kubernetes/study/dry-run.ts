import type { Experiment, ManifestsSystem } from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { applied, isNamed, readDocuments } from '../foreign/documents.ts';
import { withReplicas } from '../foreign/manifests.ts';
import { clientSettings, clientWorkload } from '../objects/client-workload.ts';
import { ownSystemsOf } from '../objects/manifests.ts';
import { namespaceName } from '../objects/names.ts';
import { type Place, serverWorkload } from '../objects/workload.ts';

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
    ownSystemsOf(experiment).flatMap((system) =>
      experiment.kubernetes.storage.map((storage) =>
        serverWorkload(system, experiment, place, { name: 'block', replicas, storage }),
      ),
    ),
  );
  const agents = await clientWorkload(place, clientSettings(experiment));
  const foreign = await Promise.all(
    experiment.systems.flatMap(({ name, manifests }) =>
      manifests ? renderForeign(name, manifests, { place, replicas }) : [],
    ),
  );
  const objects = [...servers, agents].flatMap(({ objects }) => objects).map(yamlOf);
  // Kinds of storage share their Service and its policy.
  return [...new Set([...foreign.flat(), ...objects])].join('---\n');
}

/** What others wrote, as it would be applied; what is left out stands in comments. */
async function renderForeign(
  system: string,
  given: ManifestsSystem,
  { place, replicas }: { place: Place; replicas: number },
): Promise<string[]> {
  const documents = await readDocuments(system, given);
  const { objects, leftOut } = applied(system, given, { documents, place });
  const isScaled = (object: KubernetesObject) => isNamed(object, given.workload);
  return [
    ...leftOut.map((object) => yamlOf(object).replaceAll(/^/gm, '# ').replace(/# $/, '')),
    ...objects.map((object) => yamlOf(isScaled(object) ? withReplicas(object, replicas) : object)),
  ];
}

function yamlOf(object: KubernetesObject): string {
  return stringify(object, { aliasDuplicateObjects: false });
}
