import { type AgentPlan, Arrivals } from '@escala/model';

/** Requests that the plan's share has: clients × messages, or the arrivals of its schedule. */
export function plannedRequests({ load, seed }: Pick<AgentPlan, 'load' | 'seed'>): number {
  if (load.kind === 'closed') return load.clients.count * load.messages;
  const all = new Arrivals({ ...load, seed }).count();
  return Math.max(0, Math.ceil((all - load.share) / load.shares));
}
