import { fileURLToPath } from 'node:url';
import {
  describeDurationUs,
  EscalaError,
  fill,
  fillEach,
  formatNumber,
  type Language,
  problems,
  type SelftestResult,
  type Sentence,
} from '@escala/model';
import type { Command } from 'commander';
import { print, type World } from '../../terminal/world.ts';

const words = {
  summary: {
    en: 'check the instrument on this machine: a planted stall, a null server, the timer',
    'pt-BR': 'verifica o instrumento nesta máquina: uma parada plantada, um servidor nulo, o temporizador',
  },
  json: { en: 'one JSON object on stdout', 'pt-BR': 'um objeto JSON em stdout' },
  examples: {
    en: `Examples:
  escala selftest                          under a minute; nothing else should run
  escala selftest --json | jq -r .verdict`,
    'pt-BR': `Exemplos:
  escala selftest                          menos de um minuto; nada mais deve executar
  escala selftest --json | jq -r .verdict`,
  },
  title: {
    en: 'A server that freezes twice for a second in twenty; latency from the schedule:',
    'pt-BR': 'Um servidor que para duas vezes por um segundo em vinte; latência desde o programado:',
  },
  head: { en: 'truth, ms', 'pt-BR': 'verdade, ms' },
  measured: { en: 'measured, ms', 'pt-BR': 'medido, ms' },
  error: { en: 'error', 'pt-BR': 'erro' },
  ceiling: {
    en: 'Ceiling against a server that does nothing: {rate} requests/s',
    'pt-BR': 'Teto contra um servidor que nada faz: {rate} requisições/s',
  },
  timer: { en: 'Finest even interval: {interval}', 'pt-BR': 'Menor intervalo regular: {interval}' },
  noTimer: {
    en: 'Finest even interval: none was even; the machine is busy',
    'pt-BR': 'Menor intervalo regular: nenhum foi regular; a máquina está ocupada',
  },
  notKept: {
    en: 'It is not kept for the reports of later studies: {why}. XDG_CACHE_HOME may name another place.',
    'pt-BR':
      'Ele não fica guardado para os relatórios de estudos seguintes: {why}. XDG_CACHE_HOME pode indicar outro lugar.',
  },
  trustworthy: { en: 'Verdict: trustworthy', 'pt-BR': 'Veredito: confiável' },
  doubtful: {
    en: 'Verdict: doubtful. Close what else runs here, and run it again.',
    'pt-BR': 'Veredito: duvidoso. Feche o que mais executa aqui e repita.',
  },
} as const satisfies Record<string, Sentence>;

/** `escala selftest`: how far this machine's numbers can be trusted. */
export function addSelftest(program: Command, world: World): void {
  program
    .command('selftest')
    .description(fill(words.summary, world.language))
    .option('--json', fill(words.json, world.language))
    .addHelpText('after', `\n${fill(words.examples, world.language)}`)
    .action(async ({ json }: { json?: boolean }) => {
      const { keepSelftest, runSelftest } = await import('@escala/lab');
      const signal = world.interrupted();
      const client = fileURLToPath(import.meta.resolve('@escala/client'));
      const result = await runSelftest(client, signal).catch((cause) => {
        throw signal.aborted ? new EscalaError('COMMAND_INTERRUPTED', {}, { cause }) : cause;
      });
      world.stdout.write(json ? `${JSON.stringify(result)}\n` : selftestText(result, world.language));
      await keepSelftest(result, world.environment).catch((cause) => {
        if (!(cause instanceof EscalaError)) throw cause;
        // The result is there, and that was asked for; only later studies do without it.
        const why = fillEach(problems[cause.code].says, cause.values);
        print(world.stderr, `${fill(words.notKept, world.language, { why })}\n`);
      });
    });
}

/** The result as a table for a person, with its verdict. */
export function selftestText({ stall, ceiling, timer, verdict }: SelftestResult, language: Language): string {
  const say = (sentence: Sentence, values = {}) => fill(sentence, language, values);
  const number = (value: number, digits: number) =>
    formatNumber(value, language, { maximumFractionDigits: digits });
  const row = (...cells: string[]) => `  ${cells.map((cell) => cell.padStart(14)).join('')}`;
  const rows = (['p50', 'p95', 'p99'] as const).map((name) => {
    const [truth, measured] = [stall.truthUs[name], stall.measuredUs[name]];
    const error = `${number((measured / truth - 1) * 100, 2)} %`;
    return row(name, number(truth / 1_000, 1), number(measured / 1_000, 1), error);
  });
  return [
    say(words.title),
    row('', say(words.head), say(words.measured), say(words.error)),
    ...rows,
    say(words.ceiling, { rate: number(ceiling.requestsPerSecond, 0) }),
    timer.finestIntervalUs === null
      ? say(words.noTimer)
      : say(words.timer, { interval: describeDurationUs(timer.finestIntervalUs) }),
    say(words[verdict]),
    '',
  ].join('\n');
}
