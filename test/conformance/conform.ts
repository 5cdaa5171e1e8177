import type { Check, Subject } from './check.ts';
import { coreChecks } from './core.ts';
import { fullChecks } from './full.ts';

export interface CheckResult {
  readonly name: string;
  /** Undefined where the check passed. */
  readonly fault: string | undefined;
}

/** Runs a profile's checks one after the other, all of them whatever fails. */
export async function conform(subject: Subject, profile: 'core' | 'full'): Promise<CheckResult[]> {
  const checks: readonly Check[] = profile === 'full' ? [...coreChecks, ...fullChecks] : coreChecks;
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    const fault = await run(subject).then(
      () => undefined,
      (error: Error) => error.message,
    );
    results.push({ name, fault });
  }
  return results;
}
