import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EscalaError,
  type Experiment,
  fillEach,
  isForeign,
  isStarted,
  projectFolder,
  type System,
  sentences,
} from '@escala/model';
import type {
  KubernetesObject,
  V1Deployment,
  V1Job,
  V1NetworkPolicy,
  V1PersistentVolumeClaim,
  V1Pod,
  V1Service,
} from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';

const words = sentences.lab.manifests;

/** The systems that run by files of ours. */
export function ownSystemsOf({ systems }: Pick<Experiment, 'systems'>): System[] {
  return systems.filter((system) => isStarted(system) && !isForeign(system));
}

/** A system's files, image and the folder from which Docker builds it. */
export interface Source {
  readonly manifests: string;
  readonly image: string;
  readonly dockerfile: string | null;
  readonly buildContext: string;
}

const sources: Readonly<Record<string, Source>> = {
  node: source('server', 'meu-servidor', '.'),
  python: source('server-python', 'meu-servidor-python', 'server-python'),
  go: source('server-go', 'meu-servidor-go', 'server-go'),
};
export const clientSource = source('client', 'meu-cliente', '.');
export const collectorSource: Source = {
  ...source('server', 'meu-servidor', '.'),
  manifests: 'server/k8s/collector',
};

function source(folder: string, image: string, buildContext: string): Source {
  return { manifests: `${folder}/k8s`, image, dockerfile: `${folder}/Dockerfile`, buildContext };
}

/** A system of the user's own runs by the server's files with its own image. */
export function sourceOf({ name, image }: System): Source {
  if (image !== undefined) return { manifests: 'server/k8s', image, dockerfile: null, buildContext: '.' };
  const known = sources[name];
  if (known) return known;
  const names = Object.keys(sources).join(', ');
  const detail = fillEach(words.itHasNoImage, { names });
  throw new EscalaError('SYSTEM_MISSING', { system: name, detail });
}

/** The objects of a folder's YAML files, by kind; a folder of ours has one of each. */
interface Manifests {
  readonly Deployment?: V1Deployment;
  readonly Service?: V1Service;
  readonly PersistentVolumeClaim?: V1PersistentVolumeClaim;
  readonly NetworkPolicy?: V1NetworkPolicy;
  readonly Job?: V1Job;
  readonly Pod?: V1Pod;
}

export async function loadManifests(folder: string): Promise<Manifests> {
  const path = join(projectFolder, folder);
  const files = (await readdir(path)).filter((name) => name.endsWith('.yaml')).sort();
  const objects: Record<string, KubernetesObject> = {};
  for (const file of files) {
    for (const document of parseAllDocuments(await readFile(join(path, file), 'utf8'))) {
      const object = document.toJS() as KubernetesObject;
      if (object.kind) objects[object.kind] = object;
    }
  }
  return objects;
}

/** The object of a kind that a folder must have. */
export function required<K extends keyof Manifests>(
  manifests: Manifests,
  kind: K,
): NonNullable<Manifests[K]> {
  const object = manifests[kind];
  if (!object) {
    const detail = fillEach(words.noInIt, { kind });
    throw new EscalaError('FILE_UNREADABLE', { file: 'k8s/*.yaml', detail });
  }
  return structuredClone(object) as NonNullable<Manifests[K]>;
}
