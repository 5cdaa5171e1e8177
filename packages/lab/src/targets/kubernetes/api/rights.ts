import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EscalaError, fillEach, projectFolder, sentences } from '@escala/model';
import type { V1PolicyRule } from '@kubernetes/client-node';
import { parse } from 'yaml';
import type { ClusterApi } from './cluster-api.ts';

const words = sentences.lab.rights;

/** One thing that the API server allows or not. `group` is empty for the core group. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  /** null: of the whole cluster. */
  readonly namespace: string | null;
}

type RightsFile = 'role' | 'agents' | 'deployed' | 'cluster-role';

/** The rights of a file in `rights/`, one by one: the file that a user applies is the list that is checked. */
export async function rightsOf(file: RightsFile, namespace: string | null): Promise<Right[]> {
  const text = await readFile(join(projectFolder, 'rights', `${file}.yaml`), 'utf8');
  const { rules } = parse(text) as { rules: V1PolicyRule[] };
  return rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((path) => {
        const [resource = '', subresource = ''] = path.split('/');
        return verbs.map((verb) => ({ verb, group, resource, subresource, namespace }));
      }),
    ),
  );
}

/** Asks the API server for each right; returns those that it denies. */
export async function deniedRights(api: ClusterApi, rights: readonly Right[]): Promise<Right[]> {
  const answers = await Promise.all(rights.map((right) => isAllowed(api, right)));
  return rights.filter((_right, index) => !answers[index]);
}

async function isAllowed(api: ClusterApi, { namespace, ...right }: Right): Promise<boolean> {
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const { status } = await api.json<{ status: { allowed: boolean } }>('POST', path, {
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { ...right, ...(namespace !== null && { namespace }) } },
    },
    needs: { 'status.allowed': 'boolean' },
  });
  return status.allowed;
}

/** Of role.yaml: what serves explanations alone. */
const explaining: ReadonlySet<string> = new Set(['events', 'log', 'resourcequotas', 'limitranges']);

/** False where a study runs without it, and only explains less. */
export function isNeeded({ resource, subresource }: Right): boolean {
  return !explaining.has(subresource || resource);
}

/**
 * @throws EscalaError RIGHT_MISSING that names every right of the file that is missing in the namespace;
 * OWN_NAMESPACE_FORBIDDEN where the study would make it: it then has them only if it has them everywhere.
 */
export async function requireRights(
  api: ClusterApi,
  namespace: string,
  { isOwn = false, file = 'role' }: { isOwn?: boolean; file?: RightsFile },
): Promise<void> {
  const rights = (await rightsOf(file, isOwn ? null : namespace)).filter(isNeeded);
  const denied = await deniedRights(api, rights);
  if (denied.length === 0) return;
  const detail = denied.map(describeRight).join(', ');
  if (isOwn) throw new EscalaError('OWN_NAMESPACE_FORBIDDEN', { detail });
  const what = fillEach(file === 'deployed' ? words.scaleIn : words.runAStudyIn, { namespace });
  throw new EscalaError('RIGHT_MISSING', { what, detail });
}

/** `patch deployments.apps`, as kubectl writes it. */
export function describeRight({ verb, group, resource, subresource }: Right): string {
  return `${verb} ${resource}${group && `.${group}`}${subresource && `/${subresource}`}`;
}

/** What stands in for an answer that needs a right which is not there. */
export async function unlessDenied<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  return answer.catch((cause) => {
    if (cause instanceof EscalaError && cause.code === 'RIGHT_MISSING') return otherwise;
    throw cause;
  });
}
