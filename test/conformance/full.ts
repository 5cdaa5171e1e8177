import assert from 'node:assert/strict';
import { type Check, message, newId, post } from './check.ts';

const metricNames = [
  'escala_requests_total',
  'escala_request_duration_seconds_bucket',
  'escala_service_occupancy',
  'escala_requests_in_flight',
  'escala_ledger_batch_rows_bucket',
  'escala_ledger_datasync_seconds_bucket',
  'escala_ledger_flight_max_seconds',
  'escala_ledger_bytes',
];

/** What our own server promises beyond, as far as it can be seen by URL. */
export const fullChecks: readonly Check[] = [
  {
    name: 'explains each refusal in JSON, with a code and a sentence',
    profile: 'full',
    async run(subject) {
      for (const response of [await post(subject, newId(), '{'), await fetch(`${subject.url}/nowhere`)]) {
        const { code, message } = (await response.json()) as Record<string, string>;
        assert.match(code ?? '', /^[A-Z_]+$/);
        assert.match(message ?? '', /\.$/);
      }
    },
  },
  {
    name: 'says where JSON is wrong',
    profile: 'full',
    async run(subject) {
      assert.match(await (await post(subject, newId(), '{"run": 1,}')).text(), /position 10/);
    },
  },
  {
    name: 'keeps its limits of headers, body, path and fields',
    profile: 'full',
    async run(subject) {
      const long = await post(subject, newId(), message, { 'x-long': 'x'.repeat(30_000) });
      assert.equal(long.status, 431);
      assert.equal((await post(subject, newId(), { ...message, data: 'x'.repeat(2_000_000) })).status, 413);
      assert.equal((await fetch(`${subject.url}/${'x'.repeat(2_000)}`)).status, 414);
      assert.equal((await post(subject, newId(), { ...message, run: 'x'.repeat(300) })).status, 400);
    },
  },
  {
    name: 'answers HEAD as GET without a body',
    profile: 'full',
    async run({ url }) {
      for (const path of ['/', '/healthz', '/readyz', '/metrics', '/ledger']) {
        assert.equal((await fetch(url + path, { method: 'HEAD' })).status, 200, path);
      }
    },
  },
  {
    name: 'has every metric that the reference names',
    profile: 'full',
    async run({ url }) {
      const text = await (await fetch(`${url}/metrics`)).text();
      for (const name of metricNames) assert.match(text, new RegExp(`^${name}[ {]`, 'm'));
    },
  },
];
