import { sentences } from '@escala/model';
import { p95Columns, throughputColumns } from '../study/columns.ts';
import { usPerMs } from '../study/estimates.ts';
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

/** Figure 5: p95 latency of every cell, replicas × load, and where the service level is not met for sure. */
export const latencyMatrix = matrixFigure({
  name: 'latency-matrix',
  title: figureWords.latencyMatrix,
  columns: p95Columns,
  unit: units.ms,
  scale: usPerMs,
  of: ({ p95Us }) => p95Us,
  hasSlo: true,
});
