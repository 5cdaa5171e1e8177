import type { Limits } from './limits.ts';
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
