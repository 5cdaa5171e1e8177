import { fill, type Language, type SentenceValues, sentences } from '@escala/model';

/** Notices on stderr, for the person who runs the server. */
const words = sentences.server.notices;

export type Notify = (notice: keyof typeof words, values?: SentenceValues) => void;

/** Notices as lines on stderr: stdout carries only the line that says where the server listens. */
export const notifyOnStderr =
  (language: Language): Notify =>
  (notice, values) => {
    process.stderr.write(`${fill(words[notice], language, values)}\n`);
  };
