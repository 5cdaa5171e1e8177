import {
  type CellResult,
  type Estimate,
  type Language,
  type Sentence,
  type SloVerdict,
  sentences,
} from '@escala/model';
import { type Frame, panel } from '../../drawing/frame.ts';
import { heatMarks } from '../../drawing/heat.ts';
import type { Panel } from '../../drawing/layout.ts';
import { textWidth } from '../../drawing/plot.ts';
import { levels, loadLevelOf, type Series } from '../../study/series.ts';
import { placeOf } from '../../study/service-levels.ts';
import type { ColumnOf } from '../../tables/table.ts';
import { numberText, tickText } from '../../words/format.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;

/** What a matrix shows: one number a cell. */
export interface Metric {
  readonly name: string;
  readonly title: Sentence;
  readonly columns: readonly ColumnOf<CellResult>[];
  readonly unit: Sentence;
  readonly scale: number;
  readonly of: (cell: CellResult) => Estimate | null;
  /** Also shows where the service level is undecided or violated. */
  readonly hasSlo: boolean;
}

const ROW_HEIGHT = 22;
/** A number of the table's size stands in it. */
const ROW_HEIGHT_MIN = 13;
/** Fewer rows are higher, so that the name of the axis has its room beside them. */
const ROWS_HEIGHT_MIN = 66;
/** A matrix of more levels of load than this shows a choice of them: numbers in thinner rows cannot be read. */
const ROWS_MAX = 25;
const margins = { top: 4, right: 4, bottom: 36 };
/** Room of the loads at the left, and of the name of their axis beside them. */
const LOADS_WIDTH_MIN = 21;
const AXIS_NAME_WIDTH = 27;
const FONT_SIZE = 10;
const NUMBER_GAP = 5;

export function shownValue(cell: CellResult, { of, scale }: Metric): number | null {
  const estimate = of(cell);
  return estimate && estimate.value / scale;
}

interface Matrix {
  readonly series: Series;
  readonly metric: Metric;
  readonly colourOf: (value: number) => string;
  readonly decisions: ReadonlyMap<string, SloVerdict>;
  readonly title: string;
}

export function matrixPanel(matrix: Matrix, language: Language): Panel {
  const { series, title } = matrix;
  const loads = levels(series.cells.map(loadLevelOf));
  const step = Math.ceil(loads.length / ROWS_MAX);
  const rows = loads.filter((_, i) => (loads.length - 1 - i) % step === 0);
  const height = margins.top + margins.bottom + Math.max(ROW_HEIGHT * rows.length, ROWS_HEIGHT_MIN);
  const replicas = levels(series.cells.map(({ cell }) => cell.replicas));
  const band = { type: 'band', padding: 0.04, inset: 0, tickSize: 0 } as const;
  const frame: Frame = {
    marginLeft: leftOf(series, language),
    marginRight: margins.right,
    marginTop: margins.top,
    sharedY: 'name',
    x: { label: axes.replicas, scale: { ...band, domain: replicas } },
    y: {
      label: series.isOpen ? units.perSecond : axes.clients,
      scale: { ...band, domain: rows.toReversed(), grid: false },
    },
    marks: marksOf(
      series.cells.filter((cell) => rows.includes(loadLevelOf(cell))),
      matrix,
      language,
    ),
  };
  return panel(title, height, frame, margins.top + margins.bottom + ROW_HEIGHT_MIN * rows.length);
}

function marksOf(cells: readonly CellResult[], { metric, colourOf, decisions }: Matrix, language: Language) {
  return heatMarks(cells, {
    name: metric.name,
    x: ({ cell }) => cell.replicas,
    y: loadLevelOf,
    value: (cell) => shownValue(cell, metric),
    text: (cell) => cellText(cell, metric, language),
    colourOf,
    fontSize: FONT_SIZE,
    mark: ({ cell }) => decisionMarks[decisions.get(placeOf(cell.replicas, cell.clients)) ?? 'met'],
  });
}

/** Cells that do not meet the service level for sure. */
const decisionMarks = {
  undecided: 'hatched',
  violated: 'framed',
  met: null,
  'not-assessable': null,
} as const;

/** Every number needs its room beside the next one. */
export function widthMin(panels: readonly Series[], metric: Metric, language: Language): number {
  const texts = panels.flatMap(({ cells }) =>
    cells.map((cell) => textWidth(cellText(cell, metric, language), FONT_SIZE)),
  );
  const replicas = panels.map(({ cells }) => levels(cells.map(({ cell }) => cell.replicas)).length);
  const left = Math.max(...panels.map((panel) => leftOf(panel, language)));
  return left + margins.right + Math.max(...replicas) * (Math.max(...texts) + NUMBER_GAP);
}

/** Loads such as 1,200 are wider than those of most studies. */
function leftOf({ cells }: Series, language: Language): number {
  const loads = cells.map((cell) => textWidth(tickText(loadLevelOf(cell), language), FONT_SIZE));
  return AXIS_NAME_WIDTH + Math.max(LOADS_WIDTH_MIN, ...loads);
}

const signs = { VALID: '', SUSPECT: ' ?', INVALID: ' ✕' } as const;

function cellText(cell: CellResult, metric: Metric, language: Language): string {
  return `${numberText(shownValue(cell, metric), language)}${signs[cell.verdict]}`;
}
