import { sentences } from '@escala/model';
import { logScale } from '../drawing/frame.ts';
import { latencyMs, usablePoints } from '../study/distributions.ts';
import { numberText } from '../words/format.ts';
import { distributionFigure } from './kinds/distribution.ts';

const axes = sentences.report.axes.axes;
const distributionWords = sentences.report.distributions;

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
