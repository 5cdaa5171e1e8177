import { fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../../drawing/frame.ts';
import { narrowBelow, type Panel, type Paper, stackPairs } from '../../drawing/layout.ts';
import { dotEntry, type LegendEntry, legend, lineEntry, seriesEntries } from '../../drawing/legend.ts';
import * as draw from '../../drawing/marks.ts';
import { colours, seriesStyle, sloStyle } from '../../drawing/palette.ts';
import { ms, sampleText } from '../../study/estimates.ts';
import {
  bestOfMostReplicas,
  boundsOf,
  capacityOf,
  kneeOf,
  type LoadCurves,
  loadCurves,
  loadTable,
  type Quantity,
} from '../../study/load-curves.ts';
import { heaviestLoadOf, levels, loadAxis, loadLevelOf, type Series } from '../../study/series.ts';
import { curveTitle, loadText, messagesText, replicasText, seriesTitle } from '../../study/series-text.ts';
import { sloLimitsMs } from '../../study/service-levels.ts';
import { numberText } from '../../words/format.ts';
import { figure } from '../kinds/figure.ts';

const figureWords = sentences.report.figures;

const HEIGHT = 170;
/** Intervals of several curves stand side by side, this many pixels apart. */
const APART = 3;
/** Columns of numbers of replicas are no narrower than this. */
const COLUMN_WIDTH_MIN = 110;
const dotted = { stroke: colours.faint, strokeDasharray: '1.5 2.5' } as const;

/** Figure 3: throughput above, p95 below, one column a number of replicas, at the largest number of messages. */
export const clientCurves = figure({
  name: 'client-curves',
  about: 'load',
  title: figureWords.clientCurves,
  of(results) {
    const curves = loadCurves(results);
    const { cells, throughput, p95 } = curves;
    const [first] = curves.series;
    if (!first || cells.length === 0) return null;
    const isAnyCut = [throughput, p95].some(({ bars, top }) => draw.isCut(bars(cells), top));
    return {
      picture: (paper) => ({
        ...panelsOf(curves, results, paper),
        legend: legendOf(curves, results, paper.language),
        panelWidthMin: 100,
      }),
      table: loadTable(first, cells, results),
      caption: (language) =>
        fill(figureWords.clientCurvesCaption, language, {
          messages: first.isOpen ? '' : `, ${messagesText(first.messages, language)}`,
          cut: isAnyCut ? figureWords.cut : '',
          sample: sampleText(
            cells.flatMap((cell) => [cell.throughput, cell.p95Us]),
            language,
          ),
        }),
      reading: (language) => reading(curves.series.at(-1) ?? first, results, language),
    };
  },
});

function panelsOf(curves: LoadCurves, results: Results, paper: Paper) {
  const replicas = levels(curves.cells.map(({ cell }) => cell.replicas));
  const pairs = replicas.map(
    (level) =>
      [throughputPanel(curves, level, results, paper), latencyPanel(curves, level, results, paper)] as const,
  );
  return stackPairs(pairs, Math.min(replicas.length, Math.floor(paper.width / COLUMN_WIDTH_MIN)), paper);
}

function throughputPanel(curves: LoadCurves, replicas: number, results: Results, paper: Paper): Panel {
  const bounds = boundsOf(curves, replicas, results);
  return panelOf(curves, replicas, curves.throughput, paper, [
    bounds && Plot.line(bounds.byClients, dotted),
    bounds?.byServers ? Plot.ruleY([bounds.byServers], dotted) : null,
    draw.axisTick(kneeOf(curves, replicas, results), curves.throughput.top),
  ]);
}

function latencyPanel(curves: LoadCurves, replicas: number, results: Results, paper: Paper): Panel {
  const { top } = curves.p95;
  return panelOf(curves, replicas, curves.p95, paper, [
    draw.sloRules(sloLimitsMs(results).filter((limit) => limit <= top)),
    draw.axisTick(capacityOf(curves, replicas, results), top),
  ]);
}

function panelOf(
  { series }: LoadCurves,
  replicas: number,
  { label, top, estimate, value, bars }: Quantity,
  { width, language }: Paper,
  background: Plot.Markish[],
): Panel {
  const lines = series.flatMap((one, i) => {
    const at = { x: loadLevelOf, y: value, dx: draw.sideBySide(i, series.length, APART) };
    const cells = one.cells.filter((cell) => cell.cell.replicas === replicas && estimate(cell));
    const stroke = series.length > 1 ? seriesStyle(i).colour : colours.ink;
    return [
      ...draw.intervalMarks(bars(cells), top, { stroke, dx: at.dx }),
      draw.seriesLine(i, cells, at),
      draw.seriesDots(i, cells, { ...at, r: 2.2 }),
      ...draw.verdictMarks(cells, at),
    ];
  });
  const load = Math.max(...series.map(heaviestLoadOf));
  return panel(replicasText(replicas, language), HEIGHT, {
    // Columns of a phone hold different quantities, and every one needs its numbers.
    ...(width >= narrowBelow && { sharedY: 'numbers' }),
    x: { label: loadAxis(series[0] ?? { isOpen: false }), scale: { domain: [0, load], ticks: 3 } },
    y: { label, scale: { domain: [0, top] } },
    marks: [...background, ...lines],
  });
}

function legendOf(curves: LoadCurves, results: Results, language: Language): LegendEntry[] {
  const { series, cells } = curves;
  const has = (of: typeof boundsOf | typeof kneeOf) =>
    cells.some(({ cell }) => of(curves, cell.replicas, results) !== null);
  return legend(
    ...(series.length > 1 ? seriesEntries(series.map((one) => curveTitle(one, results, language))) : []),
    has(boundsOf) && lineEntry(figureWords.legendBounds, dotted.stroke, dotted.strokeDasharray),
    sloLimitsMs(results).length > 0 && lineEntry(figureWords.legendSlo, sloStyle.colour, sloStyle.dash),
    has(kneeOf) && dotEntry(figureWords.legendKnee, colours.ink, 'tick'),
    ...draw.verdictEntries(cells),
  );
}

function reading(series: Series, results: Results, language: Language): string {
  const best = bestOfMostReplicas(series);
  const p95 = numberText(ms(best.p95Us?.value), language);
  return fill(figureWords[best.throughput?.value ? 'clientCurvesReading' : 'clientCurvesNone'], language, {
    series: seriesTitle(series, results, language),
    replicas: replicasText(best.cell.replicas, language),
    value: numberText(best.throughput?.value ?? 0, language),
    load: loadText(loadLevelOf(best), series, language),
    p95: best.p95Us ? fill(figureWords.withP95, language, { p95 }) : '',
  });
}
