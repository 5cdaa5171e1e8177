/** What `escala selftest --json` prints. */
export interface SelftestResult {
  readonly stall: {
    readonly truthUs: { readonly p50: number; readonly p95: number; readonly p99: number };
    readonly measuredUs: { readonly p50: number; readonly p95: number; readonly p99: number };
  };
  readonly ceiling: { readonly requestsPerSecond: number };
  readonly timer: { readonly finestIntervalUs: number | null };
  readonly verdict: 'trustworthy' | 'doubtful';
}
