export {
  drawFigure,
  type FigureFormat,
  type FigureRequest,
  figureFormats,
  figureNames,
  parseWidth,
} from './draw-figure.ts';
export { sloText } from './figures/slo-text.ts';
export { readResults } from './input/read-results.ts';
export { type OriginFiles, writeOrigin } from './origin/write-origin.ts';
export { renewChecksums } from './renew-checksums.ts';
export { type ReportFiles, type ReportOptions, writeReport } from './write-report.ts';
