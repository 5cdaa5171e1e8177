import {
  claimedLaw,
  fill,
  type Language,
  type LawResult,
  lawNames,
  lawSubject,
  type Results,
  type Sentence,
  sentences,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import type { Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { ofSeries, seriesOf } from '../study/series.ts';
import { messagesText, seriesTitle } from '../study/series-text.ts';
import { tableOf } from '../tables/table.ts';
import { numberText } from '../words/format.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const scalingWords = sentences.report.scaling;

/** Below this p the fit itself speaks of lack of fit; the figure must not contradict it. */
const LACK_OF_FIT_LEVEL = 0.01;
const HEIGHT = 200;

/** Figure 12: residuals against N and against order, and how well the two parameters can be told apart. */
export const diagnostics = figure({
  name: 'fit-diagnostics',
  about: 'laws',
  title: scalingWords.diagnostics,
  absent: scalingWords.diagnosticsAbsent,
  of(results) {
    const law = shownLaw(results);
    if (!law?.fit) return null;
    const { fit, residuals } = law;
    const series = seriesOf(results).find((one) => ofSeries([law], one));
    const subject = (language: Language) => {
      const of = series ? seriesTitle(series, results, language) : messagesText(law.messages, language);
      return `${of}, ${lawSubject(law, language)}`;
    };
    return {
      picture: () => ({ panelWidthMin: 190, panels: panelsOf(law) }),
      table: tableOf(residuals, [
        { key: 'n', title: axes[law.over], style: 'integer', of: ({ n }) => n },
        { key: 'order', title: axes.order, style: 'integer', of: ({ order }) => order },
        { key: 'residual', title: axes.residual, style: 'parameter', of: ({ residual }) => residual },
      ]),
      caption: (language) =>
        fill(scalingWords.diagnosticsCaption, language, {
          law: lawNames[claimedLaw(fit) ?? 'linear'],
          subject: subject(language),
          region: law.jointRegion.length > 0 ? scalingWords.diagnosticsRegion : '',
          rows: fit.rows,
        }),
      reading: (language) => reading(law, language),
    };
  },
});

/** The one that the reader most wants to trust: over replicas before over clients, most messages before few. */
function shownLaw({ laws }: Results): LawResult | null {
  const fitted = laws.filter(({ fit, residuals }) => fit !== null && residuals.length > 0);
  const rank = ({ over, held, messages }: LawResult) =>
    (over === 'replicas' ? 2 : 0) + (held.what === 'saturation' ? 1 : 0) + messages / 1e9;
  return fitted.reduce<LawResult | null>((best, law) => (best && rank(best) > rank(law) ? best : law), null);
}

function panelsOf({ residuals, jointRegion, over, fit }: LawResult): Panel[] {
  const zero = { stroke: colours.faint };
  const scatter = (by: 'n' | 'order') => [
    Plot.ruleY([0], zero),
    Plot.dot(residuals, { x: by, y: 'residual', r: 2.4, fill: colours.blue, fillOpacity: 0.6 }),
  ];
  const { alpha, beta } = fit?.models.usl ?? {};
  const region = [
    Plot.ruleX([0], zero),
    Plot.ruleY([0], zero),
    Plot.line([...jointRegion, ...jointRegion.slice(0, 1)], {
      x: 'alpha',
      y: 'beta',
      stroke: colours.blue,
      fill: colours.blue,
      fillOpacity: 0.15,
    }),
    Plot.dot([[alpha?.estimate, beta?.estimate]], { symbol: 'cross', r: 4, fill: colours.vermilion }),
  ];
  return [
    panelOf(axes[over], axes.residualAxis, scatter('n')),
    panelOf(axes.order, axes.residualAxis, scatter('order')),
    ...(jointRegion.length > 2 ? [panelOf(axes.alpha, axes.beta, region)] : []),
  ];
}

const panelOf = (x: Sentence, y: Sentence, marks: Plot.Markish[]): Panel =>
  panel('', HEIGHT, {
    x: { label: x, scale: { ticks: 4, inset: 10 } },
    y: { label: y, scale: { inset: 8 } },
    marks,
  });

function reading({ residuals, fit }: LawResult, language: Language): string {
  // The fit is on the logarithmic scale: a residual is the logarithm of measured over fitted.
  const largest = Math.max(...residuals.map(({ residual }) => Math.abs(residual)));
  const lack = fit?.lackOfFit;
  const isShown = lack && lack.p < LACK_OF_FIT_LEVEL;
  return fill(scalingWords.diagnosticsReading, language, {
    largest: numberText(Math.exp(largest) - 1, language, 'percent'),
    lack: lack
      ? fill(scalingWords[isShown ? 'lackShown' : 'lackNotShown'], language, {
          p: numberText(lack.p, language, 'estimate'),
        })
      : scalingWords.lackUntested,
  });
}
