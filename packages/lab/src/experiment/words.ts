import { quantities, type Sentence, sentences } from '@escala/model';

const said = sentences.lab.experiment;

/** What a place of the file takes, in words that follow "must be". The schema names them as the error of its checks. */
export const allowed = {
  ...quantities,
  wholeNumber: said.allowed.wholeNumber,
  share: said.allowed.share,
  distinctLevels: said.allowed.distinctLevels,
  name: said.allowed.name,
  processors: said.allowed.processors,
  memory: said.allowed.memory,
  path: said.allowed.path,
  replicaFrom: said.allowed.replicaFrom,
  headerName: said.allowed.headerName,
  headerValue: said.allowed.headerValue,
  serviceUrl: said.allowed.serviceUrl,
  workload: said.allowed.workload,
  port: said.allowed.port,
  filesOrCommand: said.allowed.filesOrCommand,
  expected: said.allowed.expected,
  body: said.allowed.body,
  serviceLevel: said.allowed.serviceLevel,
} as const satisfies Record<string, Sentence>;

export type AllowedName = keyof typeof allowed;

/** What the schema's own checks ask for, by zod's names. */
export const types: Readonly<Record<string, Sentence>> = sentences.lab.experiment.types;

export const words = sentences.lab.experiment.words;

/** What is wrong with YAML itself, by the codes of its parser; the compiler refuses a missing one. */
export const syntax = sentences.lab.experiment.syntax;
