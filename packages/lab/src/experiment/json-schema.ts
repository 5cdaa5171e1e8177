import { z } from 'zod';
import { experimentSchema } from './schema.ts';

/** The JSON Schema of experiment.yaml, from the very schema that checks it; editors complete with it. */
export function experimentJsonSchema(): object {
  return z.toJSONSchema(experimentSchema, { io: 'input', unrepresentable: 'any' });
}
