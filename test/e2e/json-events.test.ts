import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { escala, projectFolder, temporaryFolder } from './escala.ts';

/** The fields of each event, as the reference page names them. */
function documentedFields(): Map<string, readonly string[]> {
  const page = readFileSync(join(projectFolder, 'docs/reference/events.md'), 'utf8');
  const sections = page.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => [
      /^`([\w-]+)`/.exec(section)?.[1] ?? '',
      [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field ?? ''),
    ]),
  );
}

test('run --json prints documented events and nothing else', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'small.yaml'), join(folder, 'run')];
  // Clients that think make the trials long enough for events of their progress.
  writeFileSync(file, 'replicas: [1, 2]\nclients: 4\nmessages: [1, 12]\nthinkTime: 150ms\nrounds: 1\n');
  const ended = await escala('run', file, '--json', '--out', run);
  assert.deepEqual([ended.code, ended.stderr], [0, '']);

  const fields = documentedFields();
  const events = ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown> & { type: string; atUs: number });
  for (const { type, atUs, ...data } of events) {
    assert.ok(Number.isSafeInteger(atUs), type);
    const documented = fields.get(type);
    assert.ok(documented, `${type} is not in docs/reference/events.md`);
    const optional = type === 'warning' ? ['trial'] : [];
    const given = Object.keys(data).filter((field) => !optional.includes(field));
    assert.deepEqual(given.sort(), documented.filter((field) => !optional.includes(field)).sort(), type);
  }
  const count = (type: string) => events.filter((event) => event.type === type).length;
  assert.equal(events[0]?.type, 'run-started');
  assert.equal(events.at(-1)?.type, 'run-finished');
  for (const type of ['trial-prepared', 'trial-started', 'trial-finished', 'trial-judged'])
    assert.equal(count(type), 2 * 2, type);
  assert.ok(count('trial-progress') > 0);
});
