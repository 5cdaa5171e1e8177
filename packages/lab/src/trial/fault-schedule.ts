import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, type Fault, type Incident, systemReason } from '@escala/model';
import type { Deployment } from '../targets/contract/target.ts';

/**
 * Does each fault at its instant after the start. `end` calls off those still to come and returns what was done, as
 * incidents: a fault that could not be done says so there, since the trial then did not measure what it should.
 */
export function scheduleFaults(
  faults: readonly Fault[],
  deployment: Deployment,
  { clock, startAtUs }: { clock: Clock; startAtUs: number },
): { end: () => Promise<Incident[]> } {
  const over = new AbortController();
  const inject = async (fault: Fault): Promise<Incident> => {
    const incident = (code: string, detail: string) => ({
      code,
      subject: fault.kind,
      detail,
      atUs: clock.nowUs(),
    });
    try {
      const dueMs = (startAtUs + fault.atUs - clock.nowUs()) / 1_000;
      await sleep(Math.max(0, dueMs), undefined, { signal: over.signal });
      await deployment.inject(fault);
      return incident('fault-injected', '');
    } catch (error) {
      return over.signal.aborted
        ? incident('fault-late', '')
        : incident('fault-failed', systemReason(error).en);
    }
  };
  const injected = Promise.all(faults.map(inject));
  return {
    end: () => {
      over.abort();
      return injected;
    },
  };
}
