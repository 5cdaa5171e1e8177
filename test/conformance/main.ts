// node test/conformance/main.ts --url http://127.0.0.1:8080 --data data --replica r1
//   --profile core|full          core is what every server under study must do (the default)
//   --service-time 5ms --service-parallelism 1   as the server was started, to check its queue too
import { parseArgs } from 'node:util';
import { parseDurationUs } from '@escala/model';
import { conform } from './conform.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    data: { type: 'string' },
    replica: { type: 'string' },
    profile: { type: 'string', default: 'core' },
    'service-time': { type: 'string' },
    'service-parallelism': { type: 'string', default: '1' },
  },
});
const { url, data: dataFolder, replica, profile } = values;
if (!url || !dataFolder || !replica || !(profile === 'core' || profile === 'full')) {
  console.error('It needs --url, --data and --replica; --profile is core or full.');
  process.exit(2);
}
const timeUs = parseDurationUs(values['service-time'] ?? '0') ?? 0;
const service = timeUs > 0 && { service: { timeUs, parallelism: Number(values['service-parallelism']) } };
const results = await conform({ url, dataFolder, replica, ...service }, profile);
for (const { name, fault } of results) {
  console.log(
    fault === undefined
      ? `ok      ${name}`
      : `not ok  ${name}\n        ${fault.split('\n').join('\n        ')}`,
  );
}
const failed = results.filter(({ fault }) => fault !== undefined).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
