import { thresholds } from '../thresholds.ts';
import { type Audit, result } from './audit.ts';

/** What the platform or the lab saw go wrong: restarts, throttling, evictions. */
export const platform: Audit = ({ record, restarts, throttledUs }) => {
  const [first] = record.incidents;
  if (first) {
    const values = { incidents: record.incidents.length, code: first.code, subject: first.subject };
    return result('platform', 'warn', 'incidents', values);
  }
  if ((restarts ?? 0) > 0) return result('platform', 'warn', 'restarts', { restarts: restarts ?? 0 });
  if ((throttledUs ?? 0) > thresholds.throttledUsMax) {
    return result('platform', 'warn', 'throttled', { throttledUs: throttledUs ?? 0 });
  }
  return result('platform', 'pass', 'quiet');
};
