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
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { messagesText, ofSeries, seriesOf, seriesTitle } from '../study/series.ts';
import { numberText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const scalingWords = sentences.report.scaling;

/** Below this p the fit itself speaks of lack of fit; the figure must not contradict it. */
const lackOfFitLevel = 0.01;
const height = 200;

/** Figure 12: residuals against N and against order, and how well the two parameters can be told apart. */
export const diagnostics: Figure = {
  name: 'fit-diagnostics',
  title: scalingWords.diagnostics,
  absent: scalingWords.diagnosticsAbsent,
  of(results) {
    const law = shownLaw(results);
    if (!law?.fit) return null;
    const { fit, residuals } = law;
    const subject = (language: Language) => {
      const series = seriesOf(results).find((one) => ofSeries([law], one));
      const of = series ? seriesTitle(series, results, language) : messagesText(law.messages, language);
      return `${of}, ${lawSubject(law, language)}`;
    };
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'fit-diagnostics',
          legend: [],
          panelWidthMin: 190,
          panels: panelsOf(law, paper.language),
        }),
      table: {
        columns: [
          { key: 'n', title: axisOf(law), style: 'integer' },
          { key: 'order', title: axes.order, style: 'integer' },
          { key: 'residual', title: axes.residual, style: 'parameter' },
        ],
        rows: residuals.map(({ n, order, residual }) => [n, order, residual]),
      },
      caption: (language) =>
        fill(scalingWords.diagnosticsCaption, language, {
          law: lawNames[claimedLaw(fit) ?? 'linear'],
          subject: subject(language),
          region: law.jointRegion.length > 0 ? scalingWords.diagnosticsRegion[language] : '',
          rows: fit.rows,
        }),
      reading: (language) => reading(law, language),
    };
  },
};

/** The one that the reader most wants to trust: over replicas before over clients, most messages before few. */
function shownLaw({ laws }: Results): LawResult | null {
  const fitted = laws.filter(({ fit, residuals }) => fit !== null && residuals.length > 0);
  const rank = ({ over, held, messages }: LawResult) =>
    (over === 'replicas' ? 2 : 0) + (held.what === 'saturation' ? 1 : 0) + messages / 1e9;
  return fitted.reduce<LawResult | null>((best, law) => (best && rank(best) > rank(law) ? best : law), null);
}

const axisOf = ({ over }: LawResult): Sentence => axes[over];

function panelsOf(law: LawResult, language: Language): Panel[] {
  const { residuals, jointRegion } = law;
  const scatter = (by: 'n' | 'order') => [
    Plot.ruleY([0], { stroke: colours.faint }),
    Plot.dot(residuals, { x: by, y: 'residual', r: 2.4, fill: colours.blue, fillOpacity: 0.6 }),
  ];
  const region = Plot.line([...jointRegion, ...jointRegion.slice(0, 1)], {
    x: 'alpha',
    y: 'beta',
    stroke: colours.blue,
    fill: colours.blue,
    fillOpacity: 0.15,
  });
  const model = law.fit?.models.usl;
  const estimate = Plot.dot([[model?.alpha?.estimate, model?.beta?.estimate]], {
    symbol: 'cross',
    r: 4,
    fill: colours.vermilion,
  });
  const zero = [Plot.ruleX([0], { stroke: colours.faint }), Plot.ruleY([0], { stroke: colours.faint })];
  return [
    panel(axisOf(law), axes.residualAxis, scatter('n'), language),
    panel(axes.order, axes.residualAxis, scatter('order'), language),
    ...(jointRegion.length > 2 ? [panel(axes.alpha, axes.beta, [...zero, region, estimate], language)] : []),
  ];
}

function panel(x: Sentence, y: Sentence, marks: Plot.Markish[], language: Language): Panel {
  return {
    title: '',
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: { label: x, scale: { ticks: 4, inset: 10 } },
          y: { label: y, scale: { inset: 8 } },
          marks,
        },
        width,
        idPrefix,
        {
          ...position,
          firstInRow: true,
        },
      ),
  };
}

function reading({ residuals, fit }: LawResult, language: Language): string {
  // The fit is on the logarithmic scale: a residual is the logarithm of measured over fitted.
  const largest = Math.max(...residuals.map(({ residual }) => Math.abs(residual)));
  const lack = fit?.lackOfFit;
  return fill(scalingWords.diagnosticsReading, language, {
    largest: numberText(Math.exp(largest) - 1, language, 'percent'),
    lack: lack
      ? fill(scalingWords[lack.p < lackOfFitLevel ? 'lackShown' : 'lackNotShown'], language, {
          p: numberText(lack.p, language, 'estimate'),
        })
      : scalingWords.lackUntested[language],
  });
}
