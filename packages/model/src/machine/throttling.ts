import { controlGroupTexts } from './control-group.ts';

/** The counter at /metrics that says how long a server has waited because of its processor limit, seconds. */
export const throttledMetric = 'escala_cpu_throttled_seconds_total';
const throttled = new RegExp(`^${throttledMetric} (\\S+)`, 'm');

/** That counter in µs, as the text of `/metrics` has it; null where it does not. */
export function throttledUsOf(metrics: string): number | null {
  const seconds = Number(throttled.exec(metrics)?.[1] ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.round(seconds * 1e6) : null;
}

/**
 * How long a process was kept from the processor by the limit of its control group, or of a group around it, since the
 * group was made, µs. Zero where there are no such limits; null where the system does not say.
 */
export function throttledTimeUs(pid: number | 'self' = 'self'): number | null {
  if (process.platform !== 'linux') return 0;
  const texts = controlGroupTexts('cpu.stat', pid);
  return texts.length === 0 ? null : Math.max(...texts.map(timeUs));
}

/** Version 1 counts nanoseconds. A group without either line has no limit. */
function timeUs(text: string): number {
  const [, us] = /^throttled_usec (\d+)$/m.exec(text) ?? [];
  const [, ns] = /^throttled_time (\d+)$/m.exec(text) ?? [];
  return us === undefined ? Math.round(Number(ns ?? 0) / 1_000) : Number(us);
}
