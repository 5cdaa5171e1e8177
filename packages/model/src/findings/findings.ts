import { sentences } from '../sentences/sentences.ts';

/**
 * What an audit found, what was left out and why, and why there is no law: `AuditResult.finding`, `Exclusion.reason` and
 * `LawResult.problem` are keys of this table. Places are the names of the result's `values`; a value is said with the
 * unit that its name tells.
 */
export const findings = sentences.model.findings;
export type FindingKey = keyof typeof findings;
