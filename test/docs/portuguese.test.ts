import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandsOf, linesNotIn, runCommand } from './commands.ts';
import { type Block, blocksOf, markdownFiles, projectFolder, readMarkdown } from './markdown.ts';

const pages = markdownFiles.filter((file) => file.startsWith('docs/pt-BR/'));
const englishOf = (page: string) => page.replace('pt-BR/', '');

/** What a block does: the comments of an experiment are in the page's language. */
const does = ({ language, lines }: Block) =>
  language === 'yaml' ? lines.map((line) => line.replace(/\s*# .*$/, '')) : lines;
const ofLanguage = (page: string, language: string) =>
  blocksOf(page).filter((block) => block.language === language);

test('the README in Portuguese leads to every page in Portuguese, and each of them to the English one', () => {
  assert.ok(pages.length >= 9);
  const readme = readMarkdown('README.pt-BR.md');
  for (const page of pages) {
    assert.ok(readme.includes(`](${page})`), page);
    assert.ok(existsSync(join(projectFolder, englishOf(page))), page);
    assert.match(readMarkdown(page), /\[In English\]\(/, page);
  }
});

for (const page of pages) {
  test(`${page} has the commands and the experiments of the English page`, () => {
    for (const language of ['sh', 'yaml', 'python', 'r'])
      assert.deepEqual(
        ofLanguage(page, language).map(does),
        ofLanguage(englishOf(page), language).map(does),
        `the \`${language}\` blocks differ`,
      );
    // What stands under no command is to be typed, too, or to be read as it is.
    const english = ofLanguage(englishOf(page), 'text').map(({ lines }) => lines.join('\n'));
    const shown = new Set(commandsOf(page).map((command) => command.shown.join('\n')));
    for (const { lines } of ofLanguage(page, 'text'))
      assert.ok(shown.has(lines.join('\n')) || english.includes(lines.join('\n')), lines[0]);
  });

  for (const { command, shown } of commandsOf(page).filter((one) => one.shown.length > 0))
    test(`${page}: ${command} prints in Portuguese what the page shows`, async () => {
      // Only what measures nothing: a study is shown by the English page.
      assert.match(command, /--dry-run$| fit /);
      const { code, output } = await runCommand(`${command} --lang pt-BR`, projectFolder);
      assert.equal(code, 0, output);
      assert.deepEqual(linesNotIn(shown, output), [], output);
    });
}
