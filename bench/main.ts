// npm run bench -- lab      one room's benchmark: figures side by side, printed as ratios, in one run
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const rooms = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, 'main.ts')),
);
const [room, ...words] = process.argv.slice(2);
if (room === undefined || !rooms.includes(room)) {
  process.stderr.write(`usage: npm run bench -- <${rooms.join(' | ')}>\n`);
  process.exitCode = 2;
} else {
  process.argv.splice(2, process.argv.length, ...words);
  await import(join(import.meta.dirname, room, 'main.ts'));
}
