import type { EnvironmentProperty } from '@escala/analysis';
import { type Sentence, sentences } from '@escala/model';

/** What `compare` calls the properties of machine and program in which two runs differ. */
export const environmentProperties: Readonly<Record<EnvironmentProperty, Sentence>> =
  sentences.cli.environmentProperties;
