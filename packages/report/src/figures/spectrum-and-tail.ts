import { type QuantilePoint, sentences } from '@escala/model';
import { logScale } from '../drawing/frame.ts';
import { halfText, latencyMs, usablePoints } from '../study/distributions.ts';
import { ms } from '../study/estimates.ts';
import { numberText, tickText } from '../words/format.ts';
import { distributionFigure } from './kinds/distribution.ts';

const axes = sentences.report.axes.axes;
const distributionWords = sentences.report.distributions;

/** Two labels more in each panel would touch each other where it is narrower than this. */
const SHARES_WIDTH_MIN = 300;
/** Labelled besides whole nines, as far as the data go. */
const SHARES = [0.5, 0.95];
/** Number of nines: 0 at the minimum, 1 at p90, 2 at p99. */
const nines = ({ share }: Pick<QuantilePoint, 'share'>) => -Math.log10(1 - share);

/** Figure 6: latency against percentile, stretched so that each nine takes the same room (HdrHistogram's plot). */
export const spectrum = distributionFigure({
  name: 'latency-spectrum',
  title: distributionWords.spectrum,
  caption: distributionWords.spectrumCaption,
  reading: distributionWords.spectrumReading,
  values: ({ pooledLatencyUs, spectrum }, language) => ({
    half: halfText(pooledLatencyUs?.p50 ?? null, language),
    share: numberText((spectrum.at(-1)?.share ?? 0) * 100, language, 'parameter'),
    tail: numberText(ms(spectrum.at(-1)?.us), language),
  }),
  x: nines,
  y: latencyMs,
  hasTrials: true,
  strokeWidth: 1.8,
  frame: (x, y, language) => {
    const most = Math.max(...x);
    const whole = Array.from({ length: Math.floor(most) + 1 }, (_, nine) => nine);
    const between = SHARES.map((share) => nines({ share })).filter((nine) => nine <= most);
    const tickFormat = (nine: number) => tickText(100 - 10 ** (2 - nine), language);
    return (width) => {
      const ticks = width > SHARES_WIDTH_MIN ? [...whole, ...between] : whole;
      return {
        x: { label: axes.percentileAxis, scale: { domain: [0, most], ticks, tickFormat } },
        y: { label: axes.latencyAxisLog, scale: logScale(y) },
      };
    };
  },
});

/** Figure 7: the complementary distribution of latency on two logarithmic axes, where the tail is a slope. */
export const tail = distributionFigure({
  name: 'latency-tail',
  title: distributionWords.tail,
  caption: distributionWords.tailCaption,
  reading: distributionWords.tailReading,
  values: ({ spectrum }, language) => {
    const point = usablePoints(spectrum).at(-1);
    return {
      share: numberText(point ? 1 / (1 - point.share) : null, language, 'integer'),
      ms: numberText(point ? latencyMs(point) : null, language),
    };
  },
  x: latencyMs,
  y: ({ share }) => 1 - share,
  hasTrials: false,
  strokeWidth: 1.6,
  frame: (x, y) => () => ({
    x: { label: axes.latencyAxisLog, scale: logScale(x) },
    y: { label: axes.slowerShareAxis, scale: logScale(y) },
  }),
});
