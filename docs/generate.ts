// Writes the reference pages that have a source in code. `npm run generate` writes them; a test holds them fresh.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resultsJsonSchema } from '@escala/analysis';
import { experimentJsonSchema } from '@escala/lab';
import {
  type Column,
  clientColumns,
  clientOptions,
  exitCodes,
  ledgerColumns,
  type OptionTable,
  type Problem,
  problems,
  requestColumns,
  resourceColumns,
  serverOptions,
} from '@escala/model';
import { eventDescriptions } from './event-descriptions.ts';

const reference = join(import.meta.dirname, 'reference');

/** The generated pages: path below docs/reference, and text. */
export function referencePages(): Record<string, string> {
  return {
    'columns.md': columnsPage(),
    'programs.md': programsPage(),
    'exit-codes.md': exitCodesPage(),
    'problems.md': problemsPage(),
    'events.md': eventsPage(),
    'experiment.schema.json': `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`,
    'results.schema.json': `${JSON.stringify(resultsJsonSchema(), null, 2)}\n`,
  };
}

const generated = 'This page is made from the code by `npm run generate`.';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function columnsPage(): string {
  const section = (title: string, columns: readonly Column[]) =>
    `## ${title}\n\n${table(
      ['column', 'unit', 'holds'],
      columns.map(({ name, unit, doc }) => [`\`${name}\``, unit ?? '', doc]),
    )}`;
  return `${[
    `# Columns\n\n${generated} CSV with line feeds, quoted as RFC 4180 says; text that a spreadsheet would run as a formula begins with an apostrophe.`,
    section("The server's ledger, `ledger-<replica>.csv`", ledgerColumns),
    section("The client's rows, `client-<agent>.csv`, `warmup.csv`, `--out`", clientColumns),
    section('`requests.csv`', requestColumns),
    section('`resources.csv`', resourceColumns),
  ].join('\n\n')}\n`;
}

function programsPage(): string {
  const section = (title: string, options: OptionTable) => {
    const rows = Object.values(options).map(({ flag, variable, fallback, allowed, doc }) => [
      flag ? `\`--${flag}\`` : '–',
      variable ? `\`${variable}\`` : '–',
      fallback ?? '–',
      allowed,
      doc.en,
    ]);
    return `## ${title}\n\n${table(['flag', 'variable', 'default', 'takes', 'is'], rows)}`;
  };
  return `${[
    `# The two programs\n\n${generated} A flag and its variable mean the same; the flag wins.`,
    section('`escala server`', serverOptions),
    section('`escala client`', clientOptions),
  ].join('\n\n')}\n`;
}

function exitCodesPage(): string {
  return `# Exit codes\n\n${generated}\n\n${table(
    ['code', 'means'],
    Object.entries(exitCodes).map(([code, says]) => [code, says.en]),
  )}\n`;
}

function problemsPage(): string {
  const rows = Object.entries<Problem>(problems).map(([code, { exit, says, next }]) => [
    `\`${code}\``,
    String(exit),
    says.en,
    next.en,
  ]);
  return `# Problems\n\n${generated} Each has a code, an exit code, what happened, and what to do next.\n\n${table(['code', 'exit', 'what happened', 'what to do next'], rows)}\n`;
}

function eventsPage(): string {
  const sections = Object.entries(eventDescriptions).map(([name, { when, fields }]) => {
    const rows = Object.entries<string>(fields).map(([field, holds]) => [`\`${field}\``, holds]);
    return `## \`${name}\`\n\n${when}${rows.length > 0 ? `\n\n${table(['field', 'holds'], rows)}` : ''}`;
  });
  return `${[
    `# Events\n\n${generated} What happens in a run, in order: one JSON object a line in \`events.ndjson\`, and on stdout with \`escala run --json\`. Terminal progress, \`escala watch\`, resume and replay read it. Names and fields are stable; new ones may come, and a reader passes over what it does not know. After a crash the last line can be torn: a resumed run cuts it.`,
    "Every event has `type`, its name, and `atUs`, when it happened (µs since the Unix epoch, the clock of the lab). Trials are named by `cell`, the cell's key, and `round`, from 1.",
    ...sections,
  ].join('\n\n')}\n`;
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(referencePages())) {
    const path = join(reference, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
