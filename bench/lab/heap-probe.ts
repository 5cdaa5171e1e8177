// Loaded into the orchestrator by `bench lab --memory`. At SIGUSR2 it writes what lives on its heap after a full
// collection: resident memory also holds what the engine has not given back yet.
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = process.env['HEAP_PROBE_FILE'];
// Servers and agents inherit the options of the orchestrator, and are no part of the question.
delete process.env['NODE_OPTIONS'];
if (file !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    writeFileSync(file, String(process.memoryUsage().heapUsed));
  });
}
