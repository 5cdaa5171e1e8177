import type { Language, Slo } from '@escala/model';
import { numberText } from '../format.ts';
import { usPerMs } from './cells.ts';

/** A service level as people write it: `p95 ≤ 15 ms`. */
export function sloText({ percentile, latencyUs, failureShare }: Slo, language: Language): string {
  const parts: string[] = [];
  if (percentile !== null && latencyUs !== null) {
    parts.push(`p${percentile} ≤ ${numberText(latencyUs / usPerMs, language, 'parameter')} ms`);
  }
  if (failureShare !== null) parts.push(`≤ ${numberText(failureShare, language, 'percent')}`);
  return parts.join(', ');
}
