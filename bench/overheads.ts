// What a run's own files say of the time that was no load.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Event, type Results, runFiles } from '@escala/model';

export function resultsOf(run: string): Results {
  return JSON.parse(readFileSync(join(run, runFiles.results), 'utf8')) as Results;
}

export function eventsOf(run: string): Event[] {
  const lines = readFileSync(join(run, runFiles.events), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Event);
}

/** For each trial that another follows on the same servers: from end to end, less its own load. Seconds. */
export function overheads(run: string): number[] {
  const loads = new Map(
    resultsOf(run).trials.map(({ cell, round, counts, throughputMakespan }) => [
      `${cell}/${round}`,
      throughputMakespan ? counts.outcomes.answered / throughputMakespan : Number.NaN,
    ]),
  );
  const found: number[] = [];
  let previousUs: number | undefined;
  for (const event of eventsOf(run)) {
    if (event.type === 'block-started') previousUs = undefined;
    if (event.type !== 'trial-finished') continue;
    const load = loads.get(`${event.cell}/${event.round}`) ?? Number.NaN;
    if (previousUs !== undefined) found.push((event.atUs - previousUs) / 1e6 - load);
    previousUs = event.atUs;
  }
  return found.filter(Number.isFinite).sort((a, b) => a - b);
}
