import type { Cell, System } from './experiment.ts';

type ClosedKey = 'clients' | 'messages' | 'thinkTimeUs' | 'thinkDistribution';
type OpenKey = 'arrivals' | 'durationUs' | 'maxConnections';

/** A closed loop sends its next message when the one before was answered, an open one when its schedule says so. */
type Load =
  | ({ readonly kind: 'closed' } & Pick<Cell, ClosedKey>)
  | ({ readonly kind: 'open'; readonly ratePerSecond: number } & Pick<Cell, OpenKey>);

/** The load of a cell. */
export function loadOf(cell: Pick<Cell, ClosedKey | OpenKey | 'ratePerSecond'>): Load {
  const { ratePerSecond } = cell;
  if (ratePerSecond === null) {
    const { clients, messages, thinkTimeUs, thinkDistribution } = cell;
    return { kind: 'closed', clients, messages, thinkTimeUs, thinkDistribution };
  }
  const { arrivals, durationUs, maxConnections } = cell;
  return { kind: 'open', ratePerSecond, arrivals, durationUs, maxConnections };
}

export const isOpen = ({ ratePerSecond }: Pick<Cell, 'ratePerSecond'>) => ratePerSecond !== null;

/** Offered requests/s in an open loop, else clients. */
export const loadLevel = ({ ratePerSecond, clients }: Pick<Cell, 'ratePerSecond' | 'clients'>) =>
  ratePerSecond ?? clients;

/** Whether Escala starts the servers of a system, and ends them. */
export const isStarted = ({ url }: Pick<System, 'url'>) => url === undefined;
