import {
  type FitResult,
  type FittedModel,
  fill,
  fitSentences,
  type Language,
  lawNames,
  type ParameterEstimate,
  sentences,
} from '@escala/model';

const fitWords = sentences.cli.fit;
const parameters = { alpha: 'α', beta: 'β', gamma: 'γ' } as const;
const significantDigits = 5;

/** The result of a fit for a terminal: the table of the laws, then what was chosen and why. */
export function describeFitResult(result: FitResult, language: Language): string {
  const { rows, levels, scale, lackOfFit, peak } = result;
  const say = (key: keyof typeof fitWords, values = {}) => fill(fitWords[key], language, values);
  const number = (value: number | null) => formatSignificant(value, language);
  const lines = [
    say('rows', { rows, levels, scale }),
    '',
    ...align([say('headers').split('\t'), ...modelRows(result, language)]),
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

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
