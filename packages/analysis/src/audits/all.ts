import type { AuditName, AuditResult } from '@escala/model';
import type { TrialFacts } from '../trial-facts.ts';
import type { Audit, AuditContext } from './audit.ts';
import { backlog } from './conditions/backlog.ts';
import { balance } from './conditions/balance.ts';
import { clientLimits } from './conditions/client-limits.ts';
import { machine } from './conditions/machine.ts';
import { neighbours } from './conditions/neighbours.ts';
import { platform } from './conditions/platform.ts';
import { startSkew } from './conditions/start-skew.ts';
import { warmUp } from './conditions/warm-up.ts';
import { bounds } from './laws/bounds.ts';
import { clientResidual } from './laws/client-residual.ts';
import { forcedFlow } from './laws/forced-flow.ts';
import { interactiveLaw } from './laws/interactive-law.ts';
import { littlesLaw } from './laws/littles-law.ts';
import { utilisation } from './laws/utilisation.ts';
import { clocks } from './records/clocks.ts';
import { conservation } from './records/conservation.ts';
import { containment } from './records/containment.ts';
import { failures } from './records/failures.ts';
import { ledger } from './records/ledger.ts';
import { plannedWork } from './records/planned-work.ts';

/** In the order in which results name them. */
const audits: Readonly<Record<AuditName, Audit>> = {
  conservation,
  'planned-work': plannedWork,
  ledger,
  failures,
  'littles-law': littlesLaw,
  'interactive-law': interactiveLaw,
  'client-residual': clientResidual,
  'client-limits': clientLimits,
  utilisation,
  'forced-flow': forcedFlow,
  containment,
  bounds,
  backlog,
  balance,
  'start-skew': startSkew,
  clocks,
  'warm-up': warmUp,
  platform,
  machine,
  neighbours,
};

export function auditTrial(facts: TrialFacts, context: AuditContext): readonly AuditResult[] {
  return Object.values(audits).map((audit) => audit(facts, context));
}
