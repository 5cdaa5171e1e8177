import type { Check, Subject } from './check.ts';
import { coreChecks } from './core.ts';
import { fullChecks } from './full.ts';
import { processChecks } from './process-checks.ts';

export interface CheckResult {
  readonly name: string;
  /** Undefined where the check passed, or was not made. */
  readonly fault: string | undefined;
  /** What the check would have needed, where it was not made. */
  readonly leftOutFor?: 'service' | 'start';
}

/** Runs a profile's checks one after the other, all of them whatever fails. */
export async function conform(subject: Subject, profile: 'core' | 'full'): Promise<CheckResult[]> {
  const checks: readonly Check[] =
    profile === 'full' ? [...coreChecks, ...fullChecks, ...processChecks] : coreChecks;
  const results: CheckResult[] = [];
  for (const { name, needs, run } of checks) {
    if (needs && !subject[needs]) {
      results.push({ name, fault: undefined, leftOutFor: needs });
      continue;
    }
    const fault = await run(subject).then(
      () => undefined,
      (error: Error) => error.message,
    );
    results.push({ name, fault });
  }
  return results;
}
