import { fill, type Language, type Sentence } from './language.ts';
import type { Option, OptionTable } from './option-table.ts';
import { clientOptions, serverOptions } from './options.ts';
import { version } from './version.ts';
import { wrap } from './wrap.ts';

/** What everybody's terminal has. */
const COLUMNS = 80;

interface ProgramHelp {
  readonly options: OptionTable;
  readonly summary: Sentence;
  readonly examples: Sentence;
}

const words = {
  usage: { en: 'Usage: escala {name} [options]', 'pt-BR': 'Uso: escala {name} [opções]' },
  flag: { en: 'Option', 'pt-BR': 'Opção' },
  variable: { en: 'Variable', 'pt-BR': 'Variável' },
  fallback: { en: 'Default', 'pt-BR': 'Padrão' },
  rule: {
    en: 'An option and its environment variable mean the same; the option wins.',
    'pt-BR': 'Uma opção e a sua variável de ambiente significam o mesmo; a opção prevalece.',
  },
  help: { en: 'show this help', 'pt-BR': 'mostra esta ajuda' },
  version: { en: 'show the version', 'pt-BR': 'mostra a versão' },
} as const satisfies Record<string, Sentence>;

const programs = {
  server: {
    options: serverOptions,
    summary: {
      en: 'Serves the message API and writes every request to a durable ledger before it answers.',
      'pt-BR': 'Atende a API de mensagens e grava cada requisição num registro durável antes de responder.',
    },
    examples: {
      en: `Examples:
  escala server                                  http://127.0.0.1:8080, ledger in data/
  escala server --port 0 --data /tmp/ledger      a free port: see "listening on"
  escala server --service-time 1ms               1 ms of simulated work a request
  curl http://127.0.0.1:8080/messages -H 'content-type: application/json' \\
       -d '{"run":"r","cell":"c","client":1,"message":1}'`,
      'pt-BR': `Exemplos:
  escala server                                  http://127.0.0.1:8080, registro em data/
  escala server --port 0 --data /tmp/registro    uma porta livre: veja "listening on"
  escala server --service-time 1ms               1 ms de trabalho simulado por requisição
  curl http://127.0.0.1:8080/messages -H 'content-type: application/json' \\
       -d '{"run":"r","cell":"c","client":1,"message":1}'`,
    },
  },
  client: {
    options: clientOptions,
    summary: {
      en: 'Sends a load to any HTTP URL and keeps a row for every request, answered or not.',
      'pt-BR': 'Envia uma carga a qualquer URL HTTP e guarda uma linha por requisição, respondida ou não.',
    },
    examples: {
      en: `Examples:
  escala client --url http://127.0.0.1:8080/messages --clients 10 --messages 100 --out rows.csv
  escala client --url http://127.0.0.1:8080/messages --rate 500 --duration 30s --json
  escala client --url https://127.0.0.1:8443/ --method GET --insecure --timeout 2s`,
      'pt-BR': `Exemplos:
  escala client --url http://127.0.0.1:8080/messages --clients 10 --messages 100 --out linhas.csv
  escala client --url http://127.0.0.1:8080/messages --rate 500 --duration 30s --json
  escala client --url https://127.0.0.1:8443/ --method GET --insecure --timeout 2s`,
    },
  },
} as const satisfies Record<string, ProgramHelp>;

/** What a program prints in place of its work: its help for `--help`, its version for `--version`; else undefined. */
export function askedText(
  name: keyof typeof programs,
  argv: readonly string[],
  language: Language,
): string | undefined {
  if (argv.includes('--help') || argv.includes('-h')) return programHelp(name, language);
  return argv.includes('--version') || argv.includes('-V') ? `${version}\n` : undefined;
}

/** `--help` of the server or the client: usage, each option with its variable and default, whole examples. */
export function programHelp(name: keyof typeof programs, language: Language): string {
  const { options, summary, examples } = programs[name];
  const say = (sentence: Sentence, values = {}) => fill(sentence, language, values);
  return [
    say(words.usage, { name }),
    '',
    say(summary),
    '',
    ...optionLines(options, language),
    '',
    say(words.rule),
    '',
    say(examples),
    '',
  ].join('\n');
}

/** Two lines an option or more, so that they fit 80 columns: its names and default, then what it is and takes. */
function optionLines(table: OptionTable, language: Language): string[] {
  const say = (sentence: Sentence, values = {}) => fill(sentence, language, values);
  const flagged = Object.values(table).filter(({ flag }) => flag !== undefined);
  const heads = [say(words.flag), say(words.variable), say(words.fallback)];
  const rows = [heads, ...flagged.map(namesOf), ['-h, --help', '', ''], ['-V, --version', '', '']];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  const [head = '', ...names] = lines;
  const says = [
    ...flagged.map(({ doc, allowed, isSwitch }) => (isSwitch ? say(doc) : `${say(doc)} (${say(allowed)})`)),
    say(words.help),
    say(words.version),
  ];
  return [head, ...names.flatMap((line, i) => [line, wrap(`      ${says[i]}`, COLUMNS)])];
}

function namesOf({ flag, variable, fallback, isSwitch }: Option<unknown>): string[] {
  return [`--${flag}`, variable ?? '–', isSwitch ? '–' : (fallback ?? '–')];
}
