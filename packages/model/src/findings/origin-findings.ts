import { sentences } from '../sentences/sentences.ts';

/** What is wrong with a file in the older form of 10 columns, and what can be concluded from two of them. */
export const originFindings = sentences.model.originFindings;
export type OriginFinding = keyof typeof originFindings;
