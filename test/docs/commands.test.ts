import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeCheckout } from './checkout.ts';
import { commandsOf, lasting, linesNotIn, onlyInCi, runCommand, startLasting, wordsOf } from './commands.ts';
import { markdownFiles } from './markdown.ts';

const checkout = await makeCheckout(test);
/** Pages build on the runs of those before: the READMEs and the tutorial first, then the others by name. */
const first = ['README.md', 'README.pt-BR.md', 'docs/tutorial.md'];
const pages = [...first, ...markdownFiles.filter((file) => !first.includes(file))];
/** The comparison of our three servers needs two languages that a machine may lack. */
const needsLanguages = /compare-servers|runs\/servers/;
/** Each command once, though several pages have it. */
const done = new Set<string>();

for (const page of pages) {
  const commands = commandsOf(page).filter(({ command }) => !onlyInCi.test(command) && !done.has(command));
  if (commands.length === 0) continue;
  for (const { command } of commands) done.add(command);

  test(`${page}: every command does what the page says`, async (context) => {
    await using beside = new AsyncDisposableStack();
    for (const { command, exitCodes, shown } of commands) {
      const skip = needsLanguages.test(command) ? (checkout.languageMissing ?? false) : false;
      await context.test(command, { skip }, async () => {
        if (lasting.test(command)) {
          beside.use(await startLasting(command, checkout.folder));
          return;
        }
        const { code, output } = await runCommand(command, checkout.folder);
        assert.ok(code !== null && exitCodes.includes(code), `exit ${code}\n${output}`);
        if (code !== exitCodes[0]) return;
        assert.deepEqual(linesNotIn(shown, output), [], `words that were not printed:\n${output}`);
      });
    }
  });
}

test('the two READMEs have the same commands, but for the language', () => {
  const [english, portuguese] = first
    .slice(0, 2)
    .map((file) => commandsOf(file).map(({ command }) => command.replace(' --lang pt-BR', '')));
  assert.deepEqual(portuguese, english);
  assert.ok(english?.includes('./deploy.sh') && english.includes('npm cit'));
});

test('the founding study leaves its results beside the README', () => {
  for (const left of ['requests.csv', 'report.html', 'figures'])
    assert.ok(existsSync(join(checkout.folder, left)), left);
});

test('the client of the manual way writes a row for each request', () => {
  const rows = readFileSync(join(checkout.folder, 'rows.csv'), 'utf8').trim().split('\n');
  assert.equal(rows.length, 1 + 10 * 10);
});

test('a page that shows other words than were printed is found', () => {
  const printed = 'node  1  16×50  973  16 ms  21.2 ms  VALID\nEverything agrees: 8,160 requests.';
  const shown = [
    'node 2 16×50 1,639 8.4 ms 18.6 ms SUSPECT',
    'Everything agrees: … requests.',
    'All is well: 3.',
  ];
  assert.deepEqual(linesNotIn(shown, printed), ['All is well: 3.']);
  assert.equal(wordsOf('about 2 min 20 s and 9.16 MiB'), 'about # and #');
});
