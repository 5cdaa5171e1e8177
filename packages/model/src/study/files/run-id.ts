/** A run's name from its start: `20261123T093000Z-founding`. It is an id, so it may stand in request ids and labels. */
export function runName(startedAtUs: number, experiment: string): string {
  const time = new Date(startedAtUs / 1_000).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${experiment}`;
}
