import { thresholds } from '../../thresholds.ts';
import type { TrialFacts } from '../../trial-facts.ts';
import { type Audit, result } from '../audit.ts';

/** What the platform or the lab saw go wrong: restarts, throttling, evictions. What is not known is not quiet. */
export const platform: Audit = (facts) => {
  const { record, restarts } = facts;
  const [first] = record.incidents;
  if (first) {
    const values = { incidents: record.incidents.length, code: first.code, subject: first.subject };
    return result('platform', 'warn', 'incidents', values);
  }
  if ((restarts ?? 0) > 0) return result('platform', 'warn', 'restarts', { restarts: restarts ?? 0 });
  const servers = throttlingOf(record.replicas.map(({ throttledUs }) => throttledUs));
  const serversUs = Math.max(servers.knownUs, facts.throttledUs ?? 0);
  if (serversUs > thresholds.throttledUsMax)
    return result('platform', 'warn', 'throttled', { throttledUs: serversUs });
  const agents = throttlingOf(record.agents.map(({ health }) => health.throttledUs));
  if (agents.knownUs > thresholds.throttledUsMax)
    return result('platform', 'warn', 'clients-throttled', { throttledUs: agents.knownUs });
  const unknown = servers.unknown + agents.unknown;
  if (unknown === 0) return result('platform', 'pass', 'quiet');
  const processes = record.replicas.length + record.agents.length;
  return result('platform', 'not-assessable', 'throttling-unknown', { unknown, processes });
};

type Throttled = TrialFacts['record']['replicas'][number]['throttledUs'];

function throttlingOf(all: readonly Throttled[]): { knownUs: number; unknown: number } {
  const knownUs = all.reduce((sum: number, us) => sum + (us ?? 0), 0);
  return { knownUs, unknown: all.filter((us) => us === undefined || us === null).length };
}
