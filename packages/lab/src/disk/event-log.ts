import {
  appendFileSync,
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
} from 'node:fs';
import { EscalaError, type Event, type EventListener, sentences, writeProblem } from '@escala/model';
import { parseEvent } from '@escala/model/study';

const words = sentences.lab.eventLog;

/** The one author of events.ndjson. A line is written before any listener hears of the event. */
export class EventLog implements Disposable {
  readonly #path: string;
  readonly #file: number;
  readonly #listeners: readonly EventListener[];

  constructor(path: string, listeners: readonly EventListener[]) {
    try {
      cutTornLine(path);
      this.#file = openSync(path, 'a');
    } catch (cause) {
      throw writeProblem(cause, path);
    }
    this.#path = path;
    this.#listeners = listeners;
  }

  async emit(event: Event): Promise<void> {
    try {
      appendFileSync(this.#file, `${JSON.stringify(event)}\n`);
    } catch (cause) {
      throw writeProblem(cause, this.#path);
    }
    // The attempt's number is in request ids: after a power cut, the next life must know that it is used.
    if (event.type === 'trial-prepared') fdatasyncSync(this.#file);
    for (const listener of this.#listeners) await listener(event, (next) => this.emit(next));
  }

  [Symbol.dispose](): void {
    fsyncSync(this.#file);
    closeSync(this.#file);
  }
}

/** All events of a run so far. The last line is left out where a crash tore it. @throws EscalaError DATA_INVALID. */
export function readEvents(path: string): Event[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => {
      const event = parseEvent(line);
      if (event) return event;
      const detail = words.theLineIsNo;
      throw new EscalaError('DATA_INVALID', { where: `${path}:${i + 1}`, detail });
    });
}

function cutTornLine(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}
