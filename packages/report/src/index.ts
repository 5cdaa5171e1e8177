export {
  drawFigure,
  figureNames,
  parseWidth,
} from './draw-figure.ts';
export { writeOrigin } from './origin/write-origin.ts';
export { bestCells, furtherLevels, limitWord, loadText } from './papers/summary-table.ts';
export { sloText } from './study/service-levels.ts';
export { type ReportFiles, writeReport } from './write-report.ts';
