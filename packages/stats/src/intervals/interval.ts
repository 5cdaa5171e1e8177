/** Two limits at a confidence level such as 0.95. */
export interface ConfidenceInterval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** The level of every interval that is not asked for at another one. */
export const DEFAULT_LEVEL = 0.95;
