export { filesOf, readChecksums, renewChecksums, sha256, writeChecksums } from './checksums.ts';
export { eventNames, parseEvent } from './events.ts';
export {
  parseResults,
  readManifest,
  readResults,
  readTrialRecord,
  resultsKind,
  resultsText,
  writeResults,
} from './files.ts';
export { resultsJsonSchema } from './results.ts';
export { readVersionedFile } from './versioned-file.ts';
