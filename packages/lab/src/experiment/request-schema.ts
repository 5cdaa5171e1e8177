import { expectedStatus } from '@escala/model';
import { z } from 'zod';
import { NAME_LENGTH_MAX, takes, whole } from './schema-parts.ts';

const REQUESTS_MAX = 50;
/** With REQUESTS_MAX kinds the rarest still comes once in 50,000 requests. */
const WEIGHT_MAX = 1_000;

/** Of names and texts in a URL, a header or the environment. */
const texts = z.record(z.string(), z.string());

const expected = z
  .union([z.int(), z.string()], takes('expected'))
  .transform(String)
  .refine((text) => expectedStatus.test(text), takes('expected'));

const request = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(NAME_LENGTH_MAX)
    .describe('how rows and tables call it; by default its method and path')
    .optional(),
  weight: whole(1, WEIGHT_MAX).default(1).describe('how often it comes, against the others'),
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
    .describe('by default POST with a body and GET without')
    .optional(),
  path: z.string().startsWith('/', takes('path')).describe('below the URL of the system'),
  query: texts.describe('names and values after the "?"').optional(),
  headers: texts.describe('names and values').optional(),
  body: z
    .union(
      [
        z.string().min(1),
        z.strictObject({ text: z.string().min(1) }),
        z.strictObject({ file: z.string().min(1) }),
      ],
      takes('body'),
    )
    .describe('one word with an ending, such as order.json, is a file; of an .ndjson each line is a body')
    .optional(),
  values: z
    .string()
    .min(1)
    .describe('a .csv file: each request takes its next row into {column} of path, query, headers and body')
    .optional(),
  expect: z
    .union([expected, z.array(expected).min(1)], takes('expected'))
    .default(['2xx'])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .describe('statuses that count as answered'),
});

/** The kinds of request of a load, as `requests` of a system and `escala client --requests` have them. */
export const requestsSchema = z.array(request).min(1).max(REQUESTS_MAX);
