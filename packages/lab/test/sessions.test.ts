import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { Sessions } from '../src/targets/local/sessions.ts';

const skip = process.platform !== 'linux';

/** Uses so much processor time before it goes on. */
const busy = (ms: number) =>
  `const use = () => process.cpuUsage().user + process.cpuUsage().system; const until = use() + ${ms}e3; while (use() < until);`;

/** A program in a session of its own. It begins, and ends, when it is told to. */
async function leading(context: TestContext, code: string): Promise<ChildProcess & { pid: number }> {
  const program = spawn(process.execPath, ['-e', code], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(program, 'spawn');
  assert.ok(program.pid !== undefined);
  const { pid } = program;
  context.after(() => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  });
  return program as ChildProcess & { pid: number };
}

const said = (program: ChildProcess, word: string) =>
  new Promise<void>((resolve) =>
    program.stdout?.on('data', (text) => String(text).includes(word) && resolve()),
  );

/** Code that starts a process which runs the code. */
const spawned = (code: string) =>
  `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}], { stdio: ['ignore', 1, 2] })`;

test('the time of a worker counts for its command, while it lives and after its end', {
  skip,
}, async (context) => {
  const program = await leading(
    context,
    `process.stdin.once('data', () => ${spawned(busy(150))}.once('exit', () => console.log('over')));`,
  );
  const [sessions, leaders] = [new Sessions(), new Set([program.pid])];
  const before = sessions.read(leaders).get(program.pid)?.cpuUs ?? 0;
  const over = said(program, 'over');
  program.stdin?.write('go\n');
  await over;
  const after = sessions.read(leaders).get(program.pid)?.cpuUs ?? 0;
  assert.ok(after - before >= 140_000, String(after - before));
});

test('the time of a worker whose parent is gone counts for its command', { skip }, async (context) => {
  const worker = `${busy(150)} console.log('done'); setInterval(() => {}, 1e3);`;
  const parent = `${spawned(worker)}; setTimeout(() => process.exit(), 200);`;
  const program = await leading(
    context,
    `${spawned(parent)}.once('exit', () => console.log('alone')); setInterval(() => {}, 1e3);`,
  );
  await Promise.all([said(program, 'done'), said(program, 'alone')]);
  const used = new Sessions().read(new Set([program.pid])).get(program.pid)?.cpuUs ?? 0;
  assert.ok(used >= 140_000, String(used));
});

test('what a killed program had used at the last look stays counted', { skip }, async (context) => {
  const program = await leading(context, `${busy(150)} console.log('done'); setInterval(() => {}, 1e3);`);
  const [sessions, leaders] = [new Sessions(), new Set([program.pid])];
  await said(program, 'done');
  const before = sessions.read(leaders).get(program.pid)?.cpuUs ?? 0;
  assert.ok(before >= 140_000, String(before));
  const ended = once(program, 'exit');
  program.kill('SIGKILL');
  await ended;
  assert.equal(sessions.read(leaders).get(program.pid)?.cpuUs, before);
});

test('a program outside counts for no one', { skip }, () => {
  assert.equal(new Sessions().read(new Set([999_999_999])).size, 0);
});
