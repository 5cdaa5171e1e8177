import { sentences } from '@escala/model';
import { throughputColumns } from '../study/columns.ts';
import { matrixFigure } from './kinds/matrix.ts';

const units = sentences.report.axes.units;
const figureWords = sentences.report.figures;

/** Figure 5: throughput of every cell, replicas × load. */
export const throughputMatrix = matrixFigure({
  name: 'throughput-matrix',
  title: figureWords.throughputMatrix,
  columns: throughputColumns,
  unit: units.perSecond,
  scale: 1,
  of: ({ throughput }) => throughput,
  hasSlo: false,
});
