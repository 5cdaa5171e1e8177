import type { Limits } from './limits.ts';
import type { PlainConnection } from './plain-connection.ts';
import type { RecorderParts } from './recorder.ts';

/** What every handler may need. */
export interface App extends RecorderParts {
  readonly limits: Limits;
  readonly ledgerPath: string;
  readonly ledgerToken: string | undefined;
  /** Those that `node:http` does not know, and so does not close. */
  readonly plainConnections: Set<PlainConnection>;
  /** Set once, by the first SIGTERM: not ready any more, and each answer closes its connection. */
  draining: boolean;
}
