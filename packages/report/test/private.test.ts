// What says who measured, and where, gets into no file of a report.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { writeReport } from '../src/index.ts';
import { changedResults, temporaryRun } from './temporary-run.ts';

const secrets = {
  host: 'host-of-alice',
  user: 'alice-the-user',
  token: 'token-5e7f2a',
  folder: '/home/alice-the-user/studies',
};

test('no path, user, token or host name of the machine is in any file of a report', async (t) => {
  const { host, user, token, folder } = secrets;
  const results = changedResults((changed) => {
    for (const system of changed.experiment.systems) {
      Object.assign(system, {
        command: [`${folder}/bin/server`, '--token', token],
        environment: { LEDGER_TOKEN: token, USER: user },
      });
    }
    Object.assign(changed.experiment.kubernetes, { imagesCommand: `push ${token}`, registry: host });
    for (const trial of changed.trials) {
      trial.agents.push({
        name: 'agent-1',
        node: host,
        clients: 1,
        startSkewUs: 0,
        clockOffsetUs: 0,
        clockDelayUs: 0,
        health: {
          cpuShare: 0,
          eventLoopDelayUsP99: 0,
          eventLoopDelayUsMax: 0,
          gcPauseUsMax: 0,
          sendLagUsP99: null,
          sendLagUsMax: null,
          rowsDelayed: false,
          timeWaitSockets: null,
          throttledUs: null,
        },
      });
      trial.incidents.push({
        code: 'replica-ended',
        subject: host,
        detail: `${folder}/log`,
        atUs: trial.startAtUs,
      });
      for (const audit of trial.audits) {
        audit.values['file'] = `${folder}/cells/ledger.csv`;
        audit.finding = 'unknown-finding';
      }
    }
  });
  const run = await temporaryRun(t, results);
  const files = await writeReport(run);
  for (const file of [files.report, ...files.figures, ...files.tables]) {
    const content = await readFile(join(run, file), 'latin1');
    for (const [what, secret] of Object.entries(secrets))
      assert.ok(!content.includes(secret), `${what} in ${file}`);
  }
  assert.match(
    await readFile(join(run, files.report), 'utf8'),
    /…\/ledger\.csv/,
    'the last name of a path is kept',
  );
});
