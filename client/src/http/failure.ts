import type { Outcome } from '@escala/model';

/** How a request failed: the outcome of its row, and the system's word for it, counted in the summary. */
export interface Failure {
  readonly outcome: Exclude<Outcome, 'answered' | 'rejected'>;
  readonly code: string;
}

/** No program listens there, or no route leads there. */
const refusedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EACCES',
  'EPERM',
]);

/** This machine has run out of a resource: the request could not be sent, and the server is not to blame. */
const ownLimitCodes = new Set(['EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

/** The outcome for an error of a socket; `code` is Node's, such as ECONNRESET or CERT_HAS_EXPIRED. */
export function failureOf(error: NodeJS.ErrnoException): Failure {
  const code = errorCode(error);
  if (ownLimitCodes.has(code)) return { outcome: 'unsent', code };
  if (refusedCodes.has(code) || isCertificateCode(code)) return { outcome: 'refused', code };
  if (code === 'ETIMEDOUT') return { outcome: 'timeout', code };
  return { outcome: 'reset', code };
}

/** Where several addresses were tried, Node gives one error for each; the first one speaks for all. */
function errorCode(error: NodeJS.ErrnoException): string {
  const first = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error;
  return first?.code ?? error.code ?? 'EUNKNOWN';
}

/** OpenSSL's names for a certificate that is not accepted. */
function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_|HOSTNAME_MISMATCH/.test(code);
}

/** The server closed the connection before the answer was complete. */
export const closedEarly: Failure = { outcome: 'reset', code: 'CLOSED_EARLY' };
/** What came was not an HTTP answer; the connection is given up. */
export const brokenAnswer: Failure = { outcome: 'reset', code: 'BROKEN_ANSWER' };
/** The answer was not complete in time; the connection is given up. */
export const timedOut: Failure = { outcome: 'timeout', code: 'TIMEOUT' };
/** The run was stopped while the request was in flight. */
export const stopped: Failure = { outcome: 'timeout', code: 'STOPPED' };
/** No connection was free until it was too late to send. */
export const unsent: Failure = { outcome: 'unsent', code: 'TOO_LATE' };
