import {
  type AuditName,
  type AuditResult,
  type Experiment,
  type FindingKey,
  isOpen,
  type System,
} from '@escala/model';
import type { TrialFacts } from '../trial-facts.ts';

/** What an audit may know besides the rows of its trial. */
export interface AuditContext {
  readonly experiment: Experiment;
  readonly system: System | undefined;
  readonly kind: 'steady' | 'burst';
  /** Requests/s that the client is capable of where the study ran, all its processes together; null where unknown. */
  readonly ceilingPerSecond: number | null;
}

export type Audit = (facts: TrialFacts, context: AuditContext) => AuditResult;

/** What the catalogue of findings has for an audit, without the audit's name. */
type Found<Name extends AuditName> = FindingKey extends infer Key
  ? Key extends `${Name}.${infer What}`
    ? What
    : never
  : never;

/** The result of an audit; its finding is `<audit>.<what>`, a key of `findings`. */
export function result<Name extends AuditName>(
  audit: Name,
  status: AuditResult['status'],
  what: Found<Name>,
  values: AuditResult['values'] = {},
): AuditResult {
  return { audit, status, finding: `${audit}.${what}`, values };
}

export function isOpenLoop({ record }: TrialFacts): boolean {
  return isOpen(record.cell);
}
