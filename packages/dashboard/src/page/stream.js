/** The events of a study; their names are those of the run's file. */
export const eventNames = [
  'run-started',
  'block-started',
  'waiting',
  'block-ready',
  'trial-prepared',
  'trial-started',
  'trial-progress',
  'trial-finished',
  'trial-judged',
  'trial-dropped',
  'block-ended',
  'run-interrupted',
  'run-finished',
];

/**
 * Listens to `escala watch`. The browser reconnects by itself and names the last event that it had.
 * @param {{ study: (study: any) => void, event: (event: any) => void, results: (results: any) => void,
 *   source: (source: any) => void, told: () => void, connected: (is: boolean) => void }} listener
 */
export function listen(listener) {
  const source = new EventSource('events');
  const on = (/** @type {string} */ name, /** @type {(data: any) => void} */ handle) =>
    source.addEventListener(name, (message) =>
      handle(JSON.parse(/** @type {MessageEvent} */ (message).data)),
    );
  on('study', listener.study);
  on('results', listener.results);
  on('source', listener.source);
  on('told', listener.told);
  for (const name of eventNames) on(name, listener.event);
  source.addEventListener('open', () => listener.connected(true));
  source.addEventListener('error', () => listener.connected(false));
}
