import type { Experiment, KubernetesSettings } from '@escala/model';
import { clientSource, collectorSource, ownSystemsOf, type Source, sourceOf } from '../objects/manifests.ts';
import { kindCluster } from './kind-cluster.ts';
import { tool } from './tool.ts';

type Way = KubernetesSettings['images'];

/**
 * Builds the images that the study needs and brings them to the nodes. An unchanged tree builds from Docker's cache.
 * Returns an image's name as the cluster knows it.
 */
export async function prepareImages(
  experiment: Experiment,
  way: Way,
  signal: AbortSignal,
): Promise<(image: string) => string> {
  const { registry, imagesCommand } = experiment.kubernetes;
  const sources = [...ownSystemsOf(experiment).map(sourceOf), clientSource, collectorSource];
  const unique = [...new Map(sources.map((source) => [source.image, source])).values()];
  const imageName = (image: string) => (way === 'push' && registry !== null ? `${registry}/${image}` : image);
  if (way === 'none') return imageName;
  for (const source of unique) await build(source, imageName, signal);
  const own = unique.filter(({ dockerfile }) => dockerfile !== null).map(({ image }) => imageName(image));
  await deliver(own, { way, command: imagesCommand ?? '', signal });
  return imageName;
}

async function build(
  { image, dockerfile, buildContext }: Source,
  imageName: (image: string) => string,
  signal: AbortSignal,
): Promise<void> {
  if (dockerfile === null) return;
  await tool('docker', ['build', '-q', '-t', imageName(image), '-f', dockerfile, buildContext], signal);
}

async function deliver(
  images: readonly string[],
  { way, command, signal }: { way: Way; command: string; signal: AbortSignal },
): Promise<void> {
  if (way === 'kind') {
    await tool('kind', ['load', 'docker-image', ...images, '--name', kindCluster], signal);
    return;
  }
  for (const image of images) {
    if (way === 'minikube') await tool('minikube', ['image', 'load', image], signal);
    if (way === 'k3d') await tool('k3d', ['image', 'import', image], signal);
    if (way === 'push') await tool('docker', ['push', image], signal);
    if (way === 'command') await tool('sh', ['-c', command.replaceAll('{image}', image)], signal);
  }
}
