import { FIELD_CHARACTERS_MAX } from '@escala/model';
import type { RecorderParts } from './recorder.ts';

/** A connection that `node:http` does not know, and so does not close. */
export interface OwnConnection {
  closeIfIdle(): void;
  cut(): void;
}

/** What every handler may need. */
export interface App extends RecorderParts {
  readonly limits: Limits;
  readonly ledgerPath: string;
  readonly ledgerToken: string | undefined;
  readonly plainConnections: Set<OwnConnection>;
  /** Set once, by the first SIGTERM: not ready any more, and each answer closes its connection. */
  draining: boolean;
}

/** Everything that this server bounds, by name. Sizes in bytes, times in ms. `docs/reference/message-api.md` lists them. */
export interface Limits {
  /** Request line and headers together; above it 431. */
  readonly headerBytes: number;
  /** Body of a message; above it 413. */
  readonly bodyBytes: number;
  /** Characters in `run`, `cell`, `client` or `message`; above it 400. */
  readonly fieldCharacters: number;
  /** Bytes in the path; above it 414. */
  readonly pathBytes: number;
  /** Open connections; those above it are closed unanswered. */
  readonly connections: number;
  /** From the first byte of a request, or from the connection, to the end of its headers; then 408. */
  readonly headerTimeMs: number;
  /** From the first byte of a request to the end of its body; then 408. */
  readonly requestTimeMs: number;
  /** A connection without a request, or with an answer that its client leaves unread; then it is closed. */
  readonly idleTimeMs: number;
}

export const defaultLimits: Limits = {
  headerBytes: 16_384,
  bodyBytes: 1_048_576,
  fieldCharacters: FIELD_CHARACTERS_MAX,
  pathBytes: 1_024,
  connections: 20_000,
  headerTimeMs: 10_000,
  requestTimeMs: 30_000,
  idleTimeMs: 75_000,
};
