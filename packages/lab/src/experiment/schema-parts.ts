import {
  DURATION_US_MAX,
  PAYLOAD_BYTES_MAX,
  parseDurationUs,
  parseSizeBytes,
  quantities,
} from '@escala/model';
import { z } from 'zod';
import type { AllowedName } from './words.ts';

const LEVELS_MAX = 200;
/** Also as many connections, and clients in one pod. */
export const CLIENTS_MAX = 100_000;
export const NAME_LENGTH_MAX = 60;

/** A check's error is the name of what it allows; `words.ts` says it in the reader's language. */
export const takes = (name: AllowedName) => ({ error: name });

export const durationUs = z
  .union([z.string(), z.literal(0)], takes('duration'))
  .transform((text, context) => parsed(parseDurationUs(String(text)), DURATION_US_MAX, 'duration', context))
  .meta({ description: quantities.duration.en });

/** Of what would not happen at all in no time. */
export const someTimeUs = durationUs.refine((us) => us > 0, takes('someTime'));

export const sizeBytes = z
  .union([z.string(), z.literal(0)], takes('size'))
  .transform((text, context) => parsed(parseSizeBytes(String(text)), PAYLOAD_BYTES_MAX, 'size', context))
  .meta({ description: quantities.size.en });

export const share = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?%$/, takes('share'))], takes('share'))
  .transform((value) => (typeof value === 'string' ? Number(value.slice(0, -1)) / 100 : value))
  .refine((value) => value >= 0 && value <= 1, takes('share'));

const wholeNumber = z.int({
  // Only of the kind of value; what is out of range has a sentence with its bound.
  error: ({ code }) => (code === 'invalid_type' ? ('wholeNumber' satisfies AllowedName) : undefined),
});
export const whole = (minimum: number, maximum: number) => wholeNumber.min(minimum).max(maximum);

/** A factor takes one level or a list of distinct ones. */
export function levels<T extends z.ZodType>(level: T) {
  return z
    .union([level, z.array(level).min(1).max(LEVELS_MAX)])
    .transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[])
    .refine((list) => new Set(list).size === list.length, takes('distinctLevels'));
}

function parsed(
  value: number | undefined,
  most: number,
  name: AllowedName,
  context: z.RefinementCtx,
): number {
  if (value !== undefined && value <= most) return value;
  context.addIssue({ code: 'custom', message: name });
  return z.NEVER;
}
