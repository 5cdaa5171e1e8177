import type { Output } from './world.ts';

/**
 * One line at the bottom of a terminal that is drawn over. After a resize the terminal may have broken the old line into
 * several: as many are erased as it takes up in the window of now. That is why it is ours: log-update counts the rows of
 * the old width, and leaves what was broken.
 */
export class LiveLine {
  readonly #output: Output;
  #drawnColumns = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** `line` may hold colours; `columns` is what it takes up, which must be less than the window has. */
  draw(line: string, columns: number): void {
    this.#output.write(`${this.#erasing()}${line}`);
    this.#drawnColumns = columns;
  }

  /** Writes whole lines above the live one, which has to be drawn again. */
  print(lines: string): void {
    this.#output.write(`${this.#erasing()}${lines}\n`);
    this.#drawnColumns = 0;
  }

  /** Leaves the line as it is; what is written next begins below it. */
  leave(): void {
    this.#output.write('\n');
    this.#drawnColumns = 0;
  }

  #erasing(): string {
    const rows = Math.max(1, Math.ceil(this.#drawnColumns / (this.#output.columns ?? 1)));
    const up = rows > 1 ? `\x1b[${rows - 1}A` : '';
    return `${up}\r\x1b[J`;
  }
}
