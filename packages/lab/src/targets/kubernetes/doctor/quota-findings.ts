import { sentences } from '@escala/model';
import type { V1LimitRange, V1ResourceQuota } from '@kubernetes/client-node';
import type { Finding } from '../../contract/tools.ts';
import { nameOf } from '../objects/names.ts';

const said = sentences.lab.quotaFindings;

/** What `doctor` says of the quotas and LimitRanges of a namespace: what a pod has to ask for, and what is left. */
export function quotaFindings(
  quotas: readonly V1ResourceQuota[],
  ranges: readonly V1LimitRange[],
): Finding[] {
  const defaults = new Set(defaultsOf(ranges).keys());
  return [
    ...quotas.flatMap((quota) => [...demandFinding(quota, defaults), leftFinding(quota)]),
    ...rangeFindings(ranges),
  ];
}

/** A quota of processors or memory refuses every pod that does not say how much of it it takes. */
function demandFinding(quota: V1ResourceQuota, defaults: ReadonlySet<string>): Finding[] {
  const demands = Object.keys(quota.spec?.hard ?? {})
    .map((key) => (key === 'cpu' || key === 'memory' ? `requests.${key}` : key))
    .filter((key) => /^(limits|requests)\.(cpu|memory)$/.test(key) && !defaults.has(key));
  if (demands.length === 0) return [];
  const says = said.theQuotaDemandsOf;
  return [
    { status: 'warn', says, values: { quota: nameOf(quota), demands: [...new Set(demands)].join(', ') } },
  ];
}

function leftFinding(quota: V1ResourceQuota): Finding {
  const used = quota.status?.used ?? {};
  const parts = Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {}).map(
    ([key, hard]) => `${key} ${used[key] ?? '0'}/${hard}`,
  );
  const says = said.theQuotaIsUsed;
  return { status: 'ok', says, values: { quota: nameOf(quota), parts: parts.join(', ') } };
}

/** `limits.cpu` and the like, by what a LimitRange gives a container that does not say it. */
function defaultsOf(ranges: readonly V1LimitRange[]): Map<string, string> {
  const containers = ranges
    .flatMap(({ spec }) => spec?.limits ?? [])
    .filter(({ type }) => type === 'Container');
  return new Map(
    containers.flatMap(({ _default, defaultRequest, ...rest }) => {
      // The wire has `default`, which the library's types call `_default`.
      const limits = _default ?? (rest as { default?: Record<string, string> }).default ?? {};
      const requests = { ...limits, ...defaultRequest };
      return [
        ...Object.entries(limits).map(([key, amount]) => [`limits.${key}`, amount] as const),
        ...Object.entries(requests).map(([key, amount]) => [`requests.${key}`, amount] as const),
      ];
    }),
  );
}

function rangeFindings(ranges: readonly V1LimitRange[]): Finding[] {
  return ranges.flatMap((range): Finding[] => {
    const limits = [...defaultsOf([range])].filter(([key]) => key.startsWith('limits.'));
    if (limits.length === 0) return [];
    const says = said.theLimitrangeHoldsEvery;
    const words = limits.map(([key, amount]) => `${key} ${amount}`).join(', ');
    return [{ status: 'warn', says, values: { range: nameOf(range), limits: words } }];
  });
}
