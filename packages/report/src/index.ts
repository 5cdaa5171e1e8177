export {
  drawFigure,
  type FigureFormat,
  type FigureRequest,
  figureFormats,
  figureNames,
  parseWidth,
} from './draw-figure.ts';
export { type OriginFiles, writeOrigin } from './origin/write-origin.ts';
export { sloText } from './study/service-levels.ts';
export { type ReportFiles, type ReportOptions, writeReport } from './write-report.ts';
