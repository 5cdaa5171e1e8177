import {
  COLUMNS,
  type Event,
  fill,
  findingText,
  type StudyExpectation,
  sentences,
  wrap,
} from '@escala/model';
import { colourist, verdictStyles } from '../terminal/colours.ts';
import type { Output, World } from '../terminal/world.ts';
import { progressLine } from './progress-line.ts';
import { StudyProgress } from './study-progress.ts';

const words = sentences.cli.progress;

/** Between two lines where the line cannot be drawn over: a pipe, a dumb terminal, CI. */
const PLAIN_LINE_MS = 10_000;
/** Between two drawings of the live line when nothing happens: time passes all the same. */
const REDRAW_MS = 1_000;
/** Narrower than this nothing is readable. */
const COLUMNS_MIN = 20;
const INDENT = '  ';

/** Live progress of a study, as a listener of its events: one line that is drawn over in a terminal, else plain lines. */
export function progressListener(world: World, expected: StudyExpectation): (event: Event) => void {
  const isLive = world.stderr.isTerminal && world.environment['TERM'] !== 'dumb' && !world.environment['CI'];
  const show = isLive ? liveProgress(world) : plainProgress(world);
  const progress = new StudyProgress(expected);
  const told = new Set<string>();
  return (event) => {
    progress.apply(event);
    const notice = noticeOf(event, world, told);
    if (notice !== undefined) show.print(notice);
    const isEnd = event.type === 'run-finished' || event.type === 'run-interrupted';
    show.update(progress, event.atUs, isEnd);
  };
}

interface Shown {
  /** A notice stays above the progress. */
  print(notice: string): void;
  update(progress: StudyProgress, nowUs: number, isEnd: boolean): void;
}

function liveProgress(world: World): Shown {
  const { stderr, language, clock } = world;
  const live = new LiveLine(stderr);
  const paint = colourist(world, stderr);
  // One column stays free: a character in the last one makes some terminals begin a new line.
  const columns = () => Math.max(COLUMNS_MIN, stderr.columns ?? COLUMNS) - 1;
  let timer: NodeJS.Timeout | undefined;
  return {
    print: (notice) => live.print(wrapped(notice, columns())),
    update(progress, nowUs, isEnd) {
      const draw = (atUs: number) => {
        const drawn = progressLine(progress.at(atUs), { language, columns: columns(), paint });
        live.draw(drawn.line, drawn.columns);
      };
      clearInterval(timer);
      draw(nowUs);
      if (isEnd) live.leave();
      else timer = setInterval(() => draw(clock.nowUs()), REDRAW_MS).unref();
    },
  };
}

function plainProgress(world: World): Shown {
  const { stderr, language } = world;
  const paint = colourist(world, stderr);
  let toldAtUs = Number.NEGATIVE_INFINITY;
  let wasWaiting = false;
  return {
    print: (notice) => stderr.write(`${notice}\n`),
    update(progress, nowUs, isEnd) {
      const isWaiting = progress.at(nowUs).waiting !== null;
      const hasBegunToWait = isWaiting && !wasWaiting;
      wasWaiting = isWaiting;
      if (!isEnd && !hasBegunToWait && nowUs - toldAtUs < PLAIN_LINE_MS * 1_000) return;
      toldAtUs = nowUs;
      const { line } = progressLine(progress.at(nowUs), {
        language,
        columns: Number.POSITIVE_INFINITY,
        paint,
      });
      stderr.write(`${line}\n`);
    },
  };
}

/** Long notices are broken between words, with what belongs to one set in. */
function wrapped(notice: string, columns: number): string {
  return wrap(notice, columns - INDENT.length).replaceAll('\n', `\n${INDENT}`);
}

/** What a person should know of at once: a verdict that is not VALID, a trial that was dropped. A reason that was `told` is only counted. */
function noticeOf(event: Event, world: World, told: Set<string>): string | undefined {
  const { language } = world;
  const isNews = (reason: string) => !told.has(reason) && told.add(reason);
  switch (event.type) {
    case 'trial-judged': {
      if (event.verdict === 'VALID') return undefined;
      const { cell, round, verdict } = event;
      const news = event.findings.filter(({ finding }) => isNews(`${verdict} ${finding}`));
      if (news.length === 0 && event.findings.length > 0) return undefined;
      const reasons = news.map(({ finding, values }) => findingText(finding, values, language));
      const painted = colourist(world, world.stderr)(verdictStyles[verdict], verdict);
      return fill(words.judged, language, { cell, round, verdict: painted, reasons: reasons.join(' ') });
    }
    case 'trial-dropped': {
      const { cell, round, reason } = event;
      return isNews(reason.en) ? fill(words.dropped, language, { cell, round, reason }) : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * One line at the bottom of a terminal that is drawn over. After a resize the terminal may have broken the old line into
 * several: as many are erased as it takes up in the window of now. That is why it is ours: log-update counts the rows of
 * the old width, and leaves what was broken.
 */
class LiveLine {
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
