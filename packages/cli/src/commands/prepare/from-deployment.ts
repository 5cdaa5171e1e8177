import type { DeployedName, DeployedWorkload, TargetPlace, Targets } from '@escala/lab/targets';
import {
  EscalaError,
  type Fillings,
  fill,
  type Language,
  type Sentence,
  sentences,
  shellWord,
} from '@escala/model';

const words = sentences.cli.fromDeployment;

/** Of the name of a system. */
const NAME_LENGTH_MAX = 60;

/** The names of Kubernetes: `shop/api`, `shop/statefulset/db`. */
const form = /^([a-z0-9-]+)\/(?:([a-z0-9.-]+)\/)?([a-z0-9.-]+)$/;

/** @throws EscalaError OPTION_INVALID. */
export function readDeployedName(value: string): DeployedName {
  const [, namespace, kind, name] = form.exec(value) ?? [];
  if (namespace && name) return { namespace, kind, name };
  throw new EscalaError('OPTION_INVALID', { option: '--from-deployment', value, allowed: words.allowed });
}

/** An experiment that measures the workload, with what was found of it in comments. */
export async function experimentFromDeployment(
  name: DeployedName,
  place: TargetPlace,
  { schema, targets, language }: { schema: string; targets: Targets; language: Language },
): Promise<string> {
  const [target, row] = Object.entries(targets).find(([, { readDeployed }]) => readDeployed) ?? [];
  const found = await row?.readDeployed?.(place, name);
  if (!found) throw new Error('no target reads workloads');
  const { namespace, workload, service, port, replicas } = found;
  const known = { namespace, workload, service, port, replicas };
  const say = (sentence: Sentence, values: Fillings = {}) =>
    fill(sentence, language, { ...known, ...values });
  const { context } = place;
  const { autoscaler, otherServices, otherPorts, isTls, probedPath } = found;
  const scale = {
    deployed: flow({ namespace, workload, service, port }),
    levels: levelsOf(found).join(', '),
  };
  const notes = [
    ...(otherServices.length > 0 ? [say(words.otherServices, { others: otherServices.join(', ') })] : []),
    ...(otherPorts.length > 0 ? [say(words.otherPorts, { others: otherPorts.join(', ') })] : []),
    autoscaler === undefined ? say(words.sharesPods) : say(words.autoscaled, { ...scale, autoscaler }),
  ];
  return say(words.experiment, {
    schema,
    run: `--target ${target}${context === undefined ? '' : ` --context ${shellWord(context)}`}`,
    notes: notes.join(''),
    name: workload.replace(/^.*\//, '').replaceAll('.', '-').slice(0, NAME_LENGTH_MAX),
    source: autoscaler === undefined ? `deployed: ${scale.deployed}` : `url: ${urlOf(found)}`,
    path: JSON.stringify(probedPath ?? '/'),
    why: say(probedPath === undefined ? words.anyPath : words.probedPath),
    tls: isTls ? say(words.tls) : '',
    levels: autoscaler === undefined ? say(words.levels, scale) : say(words.asIs),
    images: imagesOf(context),
  });
}

const flow = (value: object) =>
  `{ ${Object.entries(value)
    .map(([key, text]) => `${key}: ${plain(text)}`)
    .join(', ')} }`;

/** A name of Kubernetes as YAML reads it. */
const plain = (text: string) =>
  /^[a-z][a-z0-9./-]*$/.test(text) && !/^(true|false|null)$/.test(text) ? text : JSON.stringify(text);

function urlOf({ isTls, service, namespace, portNumber }: DeployedWorkload): string {
  return `http${isTls ? 's' : ''}://${service}.${namespace}.svc:${portNumber}`;
}

/** From one to what it has, or a little more. */
function levelsOf({ replicas }: DeployedWorkload): number[] {
  return replicas <= 3 ? [1, 2, 3] : [1, Math.ceil(replicas / 2), replicas];
}

/** What the usual clusters of one machine are called, and how they get images. */
function imagesOf(context = ''): string {
  if (context === 'minikube') return 'minikube';
  return context.startsWith('k3d-') ? 'k3d' : 'none';
}
