import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Collects all garbage now. What starting and connecting leave behind would otherwise be collected some ten milliseconds
 * after the agreed instant, for ten milliseconds, and the first requests of every load would be late.
 */
export const collectGarbage = runInNewContext('gc') as () => void;
