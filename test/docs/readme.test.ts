import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
let copy: string;

/** The `sh` blocks of a README, a command a line, with what makes them short enough for a test. */
function commandsOf(readme: string): string[] {
  const blocks = [...readFileSync(join(root, readme), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)];
  return blocks.flatMap(([, block]) => (block ?? '').trim().split('\n'));
}

/** Those that only CI runs: the test command itself, and what needs a cluster. */
const onlyInCi = /^(npm cit|kind |docker |kubectl |\.\/deploy\.sh kind)/;

function run(command: string): string {
  return execFileSync('sh', ['-c', command], {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'escala-readme-'));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  for (const file of files) if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file));
  // Copied, not linked: the workspaces in it are relative links, which must lead into the copy.
  cpSync(join(root, 'node_modules'), join(copy, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  cpSync(join(copy, 'experiments/quick.yaml'), join(copy, 'experiments/founding.yaml'));
});
after(() => rmSync(copy, { recursive: true, force: true }));

/** Each command once, though both READMEs have it. */
const commands = new Set(
  ['README.md', 'README.pt-BR.md'].flatMap(commandsOf).filter((command) => !onlyInCi.test(command)),
);

test('the READMEs say what is tested here', () => {
  assert.ok(commands.has('./deploy.sh'));
  for (const readme of ['README.md', 'README.pt-BR.md'])
    assert.ok(commandsOf(readme).includes('npm cit'), readme);
});

for (const command of commands) {
  if (/ server /.test(command)) continue;
  test(`${command} does what the README says`, async () => {
    if (!/ client /.test(command)) return void run(command);
    const server = [...commands].find((other) => / server /.test(other)) ?? '';
    await beside(server, () => run(command));
    assert.equal(readFileSync(join(copy, 'rows.csv'), 'utf8').trim().split('\n').length, 1 + 10 * 10);
  });
}

test('the study leaves its results beside the README', () => {
  for (const left of ['requests.csv', 'report.html', 'figures'])
    assert.ok(existsSync(join(copy, left)), left);
});

/** Runs `work` while `command`, a server, listens. */
async function beside(command: string, work: () => void): Promise<void> {
  const server = spawn('sh', ['-c', `exec ${command}`], {
    cwd: copy,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      let printed = '';
      server.stdout.on('data', (chunk) => {
        printed += chunk;
        if (/^listening on /m.test(printed)) resolve();
      });
      server.once('exit', () => reject(new Error(`${command} ended: ${printed}`)));
    });
    work();
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
    await ended;
  }
}
