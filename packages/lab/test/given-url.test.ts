import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '@escala/model';
import { listen } from '../../../test/listen.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { parseExperiment } from '../src/experiment/read.ts';
import { startStudy } from '../src/study/study.ts';
import { targets } from '../src/targets/index.ts';

test('a service that runs already is measured where it is, and stays', async (context) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('here');
  });
  const url = `http://127.0.0.1:${await listen(context, server)}/api/`;
  const system = `{ name: mine, url: "${url}", path: /items }`;
  const experimentText = `systems: [${system}]\nreplicas: as-is\nclients: 2\nmessages: 3\nwarmup: 1\nagents: 1\n`;
  const experiment = parseExperiment(experimentText, 'planted.yaml');
  const folder = temporaryFolder(context);
  const { records, failed, manifest } = await startStudy(
    { folder, clock: systemClock, signal: new AbortController().signal, listeners: [], targets, place: {} },
    { run: 'planted', target: 'local', experiment, experimentText },
  );
  assert.deepEqual(failed, []);
  const [{ counts, replicas, machines } = assert.fail()] = records;
  assert.equal(counts.outcomes.answered, 6);
  assert.deepEqual({ replicas, machines }, { replicas: [], machines: [] });
  assert.equal(manifest.environment.machineCpus, null);
  assert.deepEqual([...new Set(asked)], ['GET /api/items']);
  // One request looks what is there, and two clients with ten each warm up the first cell.
  assert.equal(asked.length, 1 + 20 + 6);
  const rows = readFileSync(join(folder, 'requests.csv'), 'utf8').trimEnd().split('\n');
  assert.equal(rows.length, 1 + 6);
  assert.equal(server.listening, true);
});

test('a study of a host that is not allowed ends before anything is sent or made', async (context) => {
  const system = '{ name: mine, url: "https://203.0.113.7" }';
  const experimentText = `systems: [${system}]\nreplicas: as-is\nclients: 1\nmessages: 1\n`;
  const experiment = parseExperiment(experimentText, 'planted.yaml');
  const folder = join(temporaryFolder(context), 'run');
  const opens = { ...targets, local: { ...targets.local, open: () => assert.fail('the target was opened') } };
  const study = { run: 'planted', target: 'local', experiment, experimentText };
  await assert.rejects(
    startStudy(
      {
        folder,
        clock: systemClock,
        signal: new AbortController().signal,
        listeners: [],
        targets: opens,
        place: {},
      },
      study,
    ),
    { code: 'HOST_NOT_ALLOWED' },
  );
  assert.equal(existsSync(folder), false);
});

test('a replica is named where the experiment says; an answer without it ends the study at once', async (context) => {
  let requests = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'x-served-by': `pod-${requests++ % 2}` }).end('{}');
  });
  const url = `http://127.0.0.1:${await listen(context, server)}`;
  const study = (place: string) => {
    const system = `{ name: mine, url: "${url}", replicaFrom: ${place} }`;
    const experimentText = `systems: [${system}]\nreplicas: as-is\nclients: 1\nmessages: 4\nwarmup: 0\nagents: 1\n`;
    const experiment = parseExperiment(experimentText, 'planted.yaml');
    const folder = temporaryFolder(context);
    const signal = new AbortController().signal;
    return startStudy(
      { folder, clock: systemClock, signal, listeners: [], targets, place: {} },
      { run: 'planted', target: 'local', experiment, experimentText },
    );
  };
  const unnamed = await study('{ json: pod.name }');
  assert.equal(unnamed.failure?.code, 'REPLICA_UNNAMED');
  assert.equal(requests, 1);
  const { folder, records } = await study('{ header: x-served-by }');
  assert.equal(records.length, 1);
  const [header = '', ...rows] = readFileSync(join(folder, 'requests.csv'), 'utf8').trimEnd().split('\n');
  const column = header.split(',').indexOf('replica');
  assert.deepEqual(rows.map((row) => row.split(',')[column]).sort(), ['pod-0', 'pod-0', 'pod-1', 'pod-1']);
});
