import {
  type FitResult,
  type FittedModel,
  fill,
  fitSentences,
  type Language,
  lawNames,
  name,
  type ParameterEstimate,
  parseOption,
  sentences,
} from '@escala/model';
import { type Command, Option } from 'commander';
import { aligned, describeSource } from '../../terminal/aligned.ts';
import { givenFile } from '../../terminal/given-paths.ts';
import { helpWords } from '../../terminal/help.ts';
import { print, type World } from '../../terminal/world.ts';

const fitWords = sentences.cli.fit;

interface FitOptions {
  readonly n?: string;
  readonly x?: string;
  readonly scale: 'log' | 'linear';
  readonly json?: boolean;
}

/** `escala fit <data.csv>`: the scalability laws on two columns of a table. */
export function addFit(program: Command, world: World): void {
  const say = (key: keyof typeof fitWords) => fill(fitWords[key], world.language);
  program
    .command('fit')
    .description(say('summary'))
    .argument('<data.csv>', say('file'))
    .option('--n <column>', say('n'), (text) => parseOption('--n', name, text))
    .option('--x <column>', say('x'), (text) => parseOption('--x', name, text))
    .addOption(new Option('--scale <scale>', say('scale')).choices(['log', 'linear']).default('log'))
    .option('--json', fill(helpWords.json, world.language))
    .addHelpText('after', `\n${say('examples')}`)
    .action(async (file: string, { n, x, scale, json }: FitOptions) => {
      const { fitFile } = await import('@escala/analysis/fit-file');
      const result = await fitFile(givenFile(file), { n, x, scale });
      if (json) {
        world.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        return;
      }
      const { columns } = result.source;
      const [dialect = '', ...remarks] = describeSource(result.source, world.language);
      const taken = fill(fitWords.taken, world.language, { file: result.source.file, ...columns, dialect });
      print(world.stdout, `${[taken, ...remarks].join('\n')}\n${describeFitResult(result, world.language)}`);
    });
}

const parameters = { alpha: 'α', beta: 'β', gamma: 'γ' } as const;
const significantDigits = 5;

/** The result of a fit for a terminal: the table of the laws, then what was chosen and why. */
function describeFitResult(result: FitResult, language: Language): string {
  const { rows, levels, scale, lackOfFit, peak } = result;
  const say = (key: keyof typeof fitWords, values = {}) => fill(fitWords[key], language, values);
  const number = (value: number | null) => formatSignificant(value, language);
  const lines = [
    say('rows', { rows, levels, scale }),
    '',
    ...aligned([say('headers').split('\t'), ...modelRows(result, language)], [0, 1]),
    '',
    ...fitSentences(result, 'n', language),
  ];
  if (lackOfFit) lines.push(say('lackOfFit', { f: number(lackOfFit.f), p: number(lackOfFit.p) }));
  if (peak.status !== 'none') {
    const { n, x, stderrN, stderrX } = peak;
    const values = { n: number(n), x: number(x), stderrN: number(stderrN), stderrX: number(stderrX) };
    lines.push(say('peak', { ...values, status: say(peak.status) }));
  }
  return `${lines.join('\n')}\n`;
}

function modelRows({ models }: FitResult, language: Language): string[][] {
  return (['linear', 'amdahl', 'usl'] as const).flatMap((law) => {
    const model = models[law];
    if (!model) return [];
    const first = [lawNames[law] + (model.converged ? '' : ` ${fill(fitWords.unconverged, language)}`)];
    return parameterRows(model, language).map((row, i) => {
      const criteria = [model.rss, model.aicc].map((value) => formatSignificant(value, language));
      return [...(i === 0 ? first : ['']), ...row, ...(i === 0 ? criteria : [])];
    });
  });
}

function parameterRows(model: FittedModel, language: Language): string[][] {
  return (['alpha', 'beta', 'gamma'] as const).flatMap((name) => {
    const parameter = model[name];
    if (!parameter) return [];
    const { estimate, stderr } = parameter;
    const cells = [estimate, stderr].map((value) => formatSignificant(value, language));
    return [[parameters[name], ...cells, interval(parameter, language)]];
  });
}

function interval({ profileCi95 }: ParameterEstimate, language: Language): string {
  if (!profileCi95) return '–';
  const limit = (value: number | null) =>
    value === null ? fill(fitWords.unbounded, language) : formatSignificant(value, language);
  return `[${limit(profileCi95[0])}; ${limit(profileCi95[1])}]`;
}

function formatSignificant(value: number | null, language: Language): string {
  if (value === null) return '–';
  const isPlain = value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e9);
  return new Intl.NumberFormat(language, {
    maximumSignificantDigits: significantDigits,
    notation: isPlain ? 'standard' : 'scientific',
  }).format(value);
}
