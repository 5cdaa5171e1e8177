import type { System } from './experiment.ts';

/** Whether Escala starts the servers of a system, and ends them. */
export const isStarted = ({ url }: Pick<System, 'url'>) => url === undefined;
