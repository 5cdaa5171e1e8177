export { eventNames, parseEvent } from './events.ts';
export { filesOf, readChecksums, renewChecksums, sha256, writeChecksums } from './files/checksums.ts';
export {
  parseResults,
  readManifest,
  readResults,
  readTrialRecord,
  resultsKind,
  resultsText,
  writeResults,
} from './files/files.ts';
export { readVersionedFile } from './files/versioned-file.ts';
export { resultsJsonSchema } from './results.ts';
