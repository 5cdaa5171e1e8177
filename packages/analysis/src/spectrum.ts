/**
 * Shares of the latency spectrum in millionths, evenly spaced on the scale log₁₀ 1/(1 − share) of the HDR plot: twelve
 * a decade from 0 to 99.9999 %. A share is used only where at least ten requests lie above it.
 */
export const spectrumShares: readonly number[] = Array.from({ length: 73 }, (_, i) =>
  Math.round(1_000_000 * (1 - 10 ** (-i / 12))),
);
