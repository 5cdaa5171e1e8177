import { cpus } from 'node:os';
import { controlGroupTexts, type MachineLimits, systemText } from '@escala/model';

/** Linux says "no limit" with a number near 2^63, or with the word `max`. */
const UNLIMITED_BYTES = 2 ** 60;

/** What holds this process back beside the hardware. What the system does not tell is null. */
export function machineLimits(): MachineLimits {
  const memory = process.constrainedMemory();
  return {
    cpus: cpuLimit(),
    memoryBytes: memory > 0 && memory < UNLIMITED_BYTES ? memory : null,
    governor: systemText('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor')?.trim() ?? null,
  };
}

/** Processors by the smallest quota of our own cgroup and those around it, version 2 or 1; null without one. */
function cpuLimit(): number | null {
  const quotas = controlGroupTexts('cpu.cfs_quota_us');
  const periods = controlGroupTexts('cpu.cfs_period_us');
  const pairs = [
    ...controlGroupTexts('cpu.max').map((text) => text.split(' ')),
    ...quotas.map((quota, i) => [quota, periods[i]]),
  ];
  const limits = pairs.map(([quota, period]) => Number(quota) / Number(period));
  const real = limits.filter((limit) => limit > 0 && limit < cpus().length);
  return real.length > 0 ? Math.min(...real) : null;
}
