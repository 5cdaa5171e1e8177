import type { Sentence, SentenceValues } from '@escala/model';
import type { KubernetesObject, V1LimitRange, V1Node, V1Pod, V1ResourceQuota } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';
import { nodeFindings } from './node-findings.ts';
import { quotaFindings } from './quota-findings.ts';
import { deniedRights, describeRight, isNeeded, type Right, rightsOf } from './rights.ts';

/** One line of `escala doctor`. `warn` switches one thing off; `fail` keeps a study from running. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly says: Sentence;
  readonly values: SentenceValues;
}

/** What each optional right of the two files is for. */
const optional: Readonly<Record<string, Sentence>> = {
  namespaces: {
    en: 'a study cannot make its own namespace ({rights}); give one with --namespace',
    'pt-BR': 'um estudo não pode criar o próprio namespace ({rights}); indique um com --namespace',
  },
  nodes: {
    en: 'the number of nodes stays unknown ({rights})',
    'pt-BR': 'o número de nós fica desconhecido ({rights})',
  },
  pods: {
    en: 'the free processors stay unknown ({rights})',
    'pt-BR': 'os processadores livres ficam desconhecidos ({rights})',
  },
  'nodes/proxy': {
    en: 'there are no samples of processor and memory ({rights})',
    'pt-BR': 'não há amostras de processador e memória ({rights})',
  },
  events: {
    en: 'why a pod or a claim is not made is not told ({rights})',
    'pt-BR': 'não se diz por que um pod ou um claim não é criado ({rights})',
  },
  'pods/log': {
    en: 'the last lines of a pod that crashes are not told ({rights})',
    'pt-BR': 'as últimas linhas de um pod que falha não são mostradas ({rights})',
  },
  resourcequotas: {
    en: 'quotas cannot be checked beforehand ({rights})',
    'pt-BR': 'as cotas não podem ser conferidas antes ({rights})',
  },
  limitranges: {
    en: 'limits that the namespace gives cannot be checked beforehand ({rights})',
    'pt-BR': 'os limites que o namespace dá não podem ser conferidos antes ({rights})',
  },
  storageclasses: {
    en: 'storage classes cannot be checked beforehand ({rights})',
    'pt-BR': 'as classes de armazenamento não podem ser conferidas antes ({rights})',
  },
};

/** Looks at a cluster as a study would, and changes nothing. */
export async function checkCluster(api: ClusterApi, namespace: string | undefined): Promise<Finding[]> {
  const version = await api.version();
  const wide = await deniedRights(api, await rightsOf('cluster-role', null));
  const inside = await deniedRights(api, await rightsOf('role', namespace ?? null));
  return [
    {
      status: 'ok',
      says: {
        en: 'cluster {context}, Kubernetes {version}',
        'pt-BR': 'cluster {context}, Kubernetes {version}',
      },
      values: { context: api.context, version },
    },
    rightsFinding(inside.filter(isNeeded), namespace),
    ...missingExtras([...wide, ...inside.filter((right) => !isNeeded(right))], namespace),
    ...(await nodesAndPods(api, wide)),
    ...(await quotas(api, inside, namespace)),
    ...(await storageFinding(api, wide)),
  ];
}

function rightsFinding(denied: readonly Right[], namespace: string | undefined): Finding {
  if (denied.length === 0) {
    return {
      status: 'ok',
      says: {
        en: 'every right that a study needs (rights/role.yaml)',
        'pt-BR': 'todos os direitos de que um estudo precisa (rights/role.yaml)',
      },
      values: {},
    };
  }
  const says = {
    en: 'rights are missing: {rights}',
    'pt-BR': 'faltam direitos: {rights}',
  };
  const ofItsOwn = {
    en: 'a study in a namespace of its own needs the rights of rights/role.yaml in every namespace, and has not: {rights}; give one with --namespace where they are bound',
    'pt-BR':
      'um estudo num namespace próprio precisa dos direitos de rights/role.yaml em todos os namespaces, e não tem: {rights}; indique com --namespace um onde estejam associados',
  };
  const rights = denied.map(describeRight).join(', ');
  return { status: 'fail', says: namespace === undefined ? ofItsOwn : says, values: { rights } };
}

function missingExtras(denied: readonly Right[], namespace: string | undefined): Finding[] {
  return Object.entries(optional).flatMap(([path, says]): Finding[] => {
    const these = denied.filter(
      ({ resource, subresource }) => `${resource}${subresource && `/${subresource}`}` === path,
    );
    if (these.length === 0) return [];
    const isInNeed = path === 'namespaces' && namespace === undefined;
    return [
      { status: isInNeed ? 'fail' : 'warn', says, values: { rights: these.map(describeRight).join(', ') } },
    ];
  });
}

async function nodesAndPods(api: ClusterApi, denied: readonly Right[]): Promise<Finding[]> {
  if (denied.some(({ resource, subresource }) => resource === 'nodes' && subresource === '')) return [];
  const nodes = await api.list<V1Node>('/api/v1/nodes');
  const mayListPods = !denied.some(({ resource }) => resource === 'pods');
  return nodeFindings(nodes, mayListPods ? await api.list<V1Pod>('/api/v1/pods') : null);
}

/** A namespace of the study's own has none. */
async function quotas(
  api: ClusterApi,
  denied: readonly Right[],
  namespace: string | undefined,
): Promise<Finding[]> {
  if (namespace === undefined) return [];
  const mayList = (name: string) => !denied.some(({ resource }) => resource === name);
  const path = `/api/v1/namespaces/${namespace}`;
  return quotaFindings(
    mayList('resourcequotas') ? await api.list<V1ResourceQuota>(`${path}/resourcequotas`) : [],
    mayList('limitranges') ? await api.list<V1LimitRange>(`${path}/limitranges`) : [],
  );
}

async function storageFinding(api: ClusterApi, denied: readonly Right[]): Promise<Finding[]> {
  if (denied.some(({ resource }) => resource === 'storageclasses')) return [];
  const classes = await api.list<KubernetesObject>('/apis/storage.k8s.io/v1/storageclasses');
  const isDefault = (name: string) => name === 'storageclass.kubernetes.io/is-default-class';
  const found = classes.find(({ metadata }) =>
    Object.entries(metadata?.annotations ?? {}).some(([name, value]) => isDefault(name) && value === 'true'),
  );
  if (found) {
    const says = { en: 'default storage class {name}', 'pt-BR': 'classe de armazenamento padrão {name}' };
    return [{ status: 'ok', says, values: { name: found.metadata?.name ?? '' } }];
  }
  const says = {
    en: 'no default storage class: name one in kubernetes.storageClass, or use storage: ephemeral',
    'pt-BR':
      'sem classe de armazenamento padrão: indique uma em kubernetes.storageClass, ou use storage: ephemeral',
  };
  return [{ status: 'warn', says, values: {} }];
}
