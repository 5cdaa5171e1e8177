// npm run conformance -- --url http://127.0.0.1:8080 --data data --replica r1
//   --profile core|full          core is what every server under study must do (the default)
//   -- command words…             how to start it once more: for the checks of lock, drain and token in full
//   --service-time 5ms --service-parallelism 1   as the server was started, to check its queue too
import { parseArgs } from 'node:util';
import { parseDurationUs } from '@escala/model';
import { conform } from './conform.ts';
import { start } from './start.ts';

const { values, positionals: command } = parseArgs({
  allowPositionals: true,
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
const startable = command.length > 0 && {
  start: (environment: Record<string, string>) => start(command, environment),
};
const results = await conform({ url, dataFolder, replica, ...service, ...startable }, profile);
const gives = { service: '--service-time', start: 'its command after --' };
for (const { name, fault, leftOutFor } of results) {
  if (leftOutFor) console.log(`left out ${name} (give ${gives[leftOutFor]})`);
  else if (fault === undefined) console.log(`ok       ${name}`);
  else console.log(`not ok   ${name}\n         ${fault.split('\n').join('\n         ')}`);
}
const failed = results.filter(({ fault }) => fault !== undefined).length;
const leftOut = results.filter(({ leftOutFor }) => leftOutFor).length;
console.log(`${results.length - failed - leftOut} passed, ${failed} failed, ${leftOut} left out`);
process.exitCode = failed > 0 ? 1 : 0;
