import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  EscalaError,
  fillEach,
  type ManifestsSystem,
  type Sentence,
  sentences,
  unreadable,
} from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { isMapping } from '../api/api-answer.ts';
import { setNamespace } from '../objects/fields.ts';
import { labelsOf, nameOf } from '../objects/names.ts';
import type { Place } from '../objects/workload.ts';

const words = sentences.lab.manifests;

const run = promisify(execFile);

/** What a chart prints is some hundred kilobytes. */
const PRINTED_BYTES_MAX = 64 * 1024 * 1024;
/** A command that prints YAML does not wait for anybody. */
const COMMAND_MS_MAX = 120_000;
const SAID_LINES_MAX = 5;

/**
 * The objects of a system's manifests, in their order.
 * @throws EscalaError FILE_UNREADABLE, TOOL_MISSING, MANIFESTS_UNFIT.
 */
export async function readDocuments(
  system: string,
  { files, command, folder }: ManifestsSystem,
  signal?: AbortSignal,
): Promise<KubernetesObject[]> {
  const texts = command
    ? [{ place: command.join(' '), text: await printed(system, { command, folder, signal }) }]
    : await Promise.all(
        (await yamlFilesIn(files ?? [])).map(async (place) => ({ place, text: await textOf(place) })),
      );
  const objects = texts.flatMap(({ place, text }) => objectsIn(text, { system, place }));
  if (objects.length > 0) return objects;
  throw unfit(system, { place: texts.map(({ place }) => place).join(', '), detail: words.empty });
}

async function yamlFilesIn(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const isFolder = await stat(path).then(
        (it) => it.isDirectory(),
        (cause) => {
          throw unreadable(path, cause);
        },
      );
      if (!isFolder) return [path];
      const names = await readdir(path);
      return names
        .filter((name) => /\.(ya?ml|json)$/.test(name))
        .sort()
        .map((name) => join(path, name));
    }),
  );
  return found.flat();
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause) => {
    throw unreadable(path, cause);
  });
}

async function printed(
  system: string,
  {
    command,
    folder,
    signal,
  }: { command: readonly string[]; folder: string; signal: AbortSignal | undefined },
): Promise<string> {
  const [program = '', ...rest] = command;
  const options = { cwd: folder, maxBuffer: PRINTED_BYTES_MAX, timeout: COMMAND_MS_MAX };
  try {
    return (await run(program, rest, { ...options, ...(signal && { signal }) })).stdout;
  } catch (cause) {
    signal?.throwIfAborted();
    const { code, stderr, message } = cause as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') throw new EscalaError('TOOL_MISSING', { program }, { cause });
    const detail = stderr?.trim().split('\n').slice(-SAID_LINES_MAX).join('\n') || message;
    throw unfit(system, { place: command.join(' '), detail }, cause);
  }
}

function objectsIn(text: string, { system, place }: { system: string; place: string }): KubernetesObject[] {
  return parseAllDocuments(text, { prettyErrors: true, logLevel: 'error' }).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw unfit(system, { place, detail: error.message.split('\n')[0] ?? '' }, error);
    const value: unknown = document.toJS();
    // A file may end with a line of dashes, and a chart leaves documents empty.
    if (value === null || value === undefined) return [];
    const items = isMapping(value) && value['kind'] === 'List' ? value['items'] : [value];
    if (!Array.isArray(items) || !items.every(isObject))
      throw unfit(system, { place, detail: words.notAnObject });
    return items;
  });
}

function isObject(value: unknown): value is KubernetesObject {
  if (!isMapping(value) || !isMapping(value['metadata'])) return false;
  return [value['apiVersion'], value['kind'], value['metadata']['name']].every(
    (text) => typeof text === 'string' && text !== '',
  );
}

function unfit(
  system: string,
  { place, detail }: { place: string; detail: string | Sentence },
  cause?: unknown,
): EscalaError {
  return new EscalaError(
    'MANIFESTS_UNFIT',
    { system, detail: fillEach(words.noYaml, { place, detail }) },
    { cause },
  );
}

/** Kinds that every cluster has and that belong to no namespace, by which a plan without a cluster can tell. */
const wideKinds: ReadonlySet<string> = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
]);

/** What a study makes of a system's manifests. */
export interface Applied {
  readonly objects: readonly KubernetesObject[];
  /** Autoscalers of the workload: they would change the replicas that the study sets. */
  readonly leftOut: readonly KubernetesObject[];
}

/**
 * The objects with the study's namespace and label, in their order. `isWide` tells of kinds of the whole cluster.
 * @throws EscalaError MANIFESTS_WIDE for objects that would outlive the study.
 */
export function applied(
  system: string,
  { workload }: Pick<ManifestsSystem, 'workload'>,
  {
    documents,
    place,
    isWide = ({ kind = '' }) => wideKinds.has(kind),
  }: { documents: readonly KubernetesObject[]; place: Place; isWide?: (object: KubernetesObject) => boolean },
): Applied {
  const wide = documents.filter(isWide).map(titleOf);
  if (wide.length > 0) throw new EscalaError('MANIFESTS_WIDE', { system, objects: wide.join(', ') });
  const isAutoscaler = (object: KubernetesObject) => autoscales(object, workload);
  const objects = documents
    .filter((object) => !isAutoscaler(object))
    .map((object) => structuredClone(object));
  for (const object of objects) {
    setNamespace(object, place.namespace);
    object.metadata = { ...object.metadata, labels: { ...object.metadata?.labels, ...labelsOf(place) } };
  }
  return { objects, leftOut: documents.filter(isAutoscaler) };
}

/** `Deployment/podinfo`. */
export function titleOf(object: KubernetesObject): string {
  return `${object.kind}/${nameOf(object)}`;
}

/** Whether the object is the one that `deployment/podinfo` names. */
export function isNamed({ kind = '', ...object }: KubernetesObject, workload: string): boolean {
  const [word = '', name] = workload.toLowerCase().split('/');
  return nameOf(object) === name && isKindWord(kind.toLowerCase(), word.split('.')[0] ?? '');
}

/** A HorizontalPodAutoscaler of the workload; the kinds of others that aim alike, as KEDA's, are such too. */
function autoscales({ kind, ...object }: KubernetesObject, workload: string): boolean {
  if (kind !== 'HorizontalPodAutoscaler' && kind !== 'ScaledObject') return false;
  const { spec } = object as { spec?: { scaleTargetRef?: { kind?: string; name?: string } } };
  const { kind: target = 'Deployment', name = '' } = spec?.scaleTargetRef ?? {};
  return isNamed({ kind: target, metadata: { name } }, workload);
}

/** kubectl knows a kind also by its plural, and the usual ones by a short name. */
function isKindWord(kind: string, word: string): boolean {
  const short: Readonly<Record<string, string>> = {
    deploy: 'deployment',
    sts: 'statefulset',
    rs: 'replicaset',
  };
  return [word, short[word]].some((one) => one === kind || one === `${kind}s`);
}
