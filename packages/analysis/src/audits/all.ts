import type { AuditName, AuditResult } from '@escala/model';
import type { TrialFacts } from '../trial-facts.ts';
import type { Audit, AuditContext } from './audit.ts';
import { backlog } from './backlog.ts';
import { balance } from './balance.ts';
import { bounds } from './bounds.ts';
import { clientLimits } from './client-limits.ts';
import { clientResidual } from './client-residual.ts';
import { clocks } from './clocks.ts';
import { conservation } from './conservation.ts';
import { containment } from './containment.ts';
import { failures } from './failures.ts';
import { forcedFlow } from './forced-flow.ts';
import { interactiveLaw } from './interactive-law.ts';
import { ledger } from './ledger.ts';
import { littlesLaw } from './littles-law.ts';
import { machine } from './machine.ts';
import { neighbours } from './neighbours.ts';
import { plannedWork } from './planned-work.ts';
import { platform } from './platform.ts';
import { startSkew } from './start-skew.ts';
import { utilisation } from './utilisation.ts';
import { warmUp } from './warm-up.ts';

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
