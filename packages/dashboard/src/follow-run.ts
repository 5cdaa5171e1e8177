import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Manifest, runFiles, type StudyExpectation } from '@escala/model';
import { parseResults } from '@escala/model/study';
import type { Feed } from './feed.ts';
import { PageEvents } from './page-event.ts';
import { pageAnswer, pageStudy, pageVerdicts } from './page-study.ts';

/** Between two looks at the run folder. A look at a file that has not grown is two system calls. */
const LOOK_MS = 250;
/** Progress events that are told; a study that runs for days gives more, and a page cannot draw them. */
const PROGRESS_EVENTS_MAX = 100_000;

/** A run folder to follow. Manifest and expectation are asked again when the run was replaced by another. */
export interface WatchedRun {
  readonly folder: string;
  readonly readManifest: () => Promise<Manifest>;
  readonly expect: (manifest: Manifest) => StudyExpectation;
}

/** Tells `feed` what happens in the run, from its first event on, until `signal` aborts. */
export async function followRun(run: WatchedRun, feed: Feed, signal: AbortSignal): Promise<void> {
  const follower = new RunFollower(run, feed);
  await follower.begin();
  while (!signal.aborted) {
    const hasMore = await follower.look();
    await sleep(hasMore ? 0 : LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

class RunFollower {
  readonly #run: WatchedRun;
  readonly #feed: Feed;
  readonly #tail: Tail;
  #events: PageEvents | undefined;
  #progressEvents = 0;
  #isThere = true;
  #resultsSeen = '';

  constructor(run: WatchedRun, feed: Feed) {
    this.#run = run;
    this.#feed = feed;
    this.#tail = new Tail(join(run.folder, runFiles.events));
  }

  async begin(): Promise<void> {
    const manifest = await this.#run.readManifest();
    this.#events = new PageEvents(this.#run.expect(manifest));
    this.#feed.add('study', pageStudy(manifest));
  }

  async look(): Promise<boolean> {
    const found = await this.#tail.look();
    if ((found !== undefined) !== this.#isThere) {
      this.#isThere = found !== undefined;
      this.#feed.add('source', { isThere: this.#isThere });
    }
    if (!found) return false;
    if (found.startedAnew) await this.#startAnew();
    for (const line of found.lines) this.#tell(line);
    await this.#lookAtResults();
    return found.hasMore;
  }

  async #startAnew(): Promise<void> {
    this.#feed.startAnew();
    this.#progressEvents = 0;
    this.#resultsSeen = '';
    await this.begin();
  }

  #tell(line: string): void {
    const event = this.#events?.translate(line);
    if (!event) return;
    if (event.type === 'trial-progress' && ++this.#progressEvents > PROGRESS_EVENTS_MAX) return;
    this.#feed.add(event.type, event);
  }

  /** results.json appears when the run is over, and again after each `analyze`. */
  async #lookAtResults(): Promise<void> {
    const path = join(this.#run.folder, runFiles.results);
    const found = await stat(path).catch(() => undefined);
    const seen = found ? `${found.ino}:${found.mtimeMs}:${found.size}` : '';
    if (seen === this.#resultsSeen) return;
    // Half written, or of another version: the live verdicts stay, and the next change is looked at again.
    const results =
      found &&
      (await readFile(path, 'utf8')
        .then((text) => parseResults(path, text))
        .catch(() => undefined));
    if (results) this.#feed.add('results', { trials: pageVerdicts(results), answer: pageAnswer(results) });
    this.#resultsSeen = seen;
  }
}

/** Bytes that are read at one look; the next look reads on. */
const READ_BYTES_MAX = 4 * 1024 * 1024;

interface TailedLines {
  /** The file is another one than before, or shorter than what was read: all earlier lines are void. */
  readonly startedAnew: boolean;
  readonly lines: readonly string[];
  /** One look may not read the whole file: look again at once. */
  readonly hasMore: boolean;
}

/**
 * Follows a file of lines through growth, replacement, truncation and absence. It is opened at each look, so that no
 * handle keeps a removed file alive. Only whole lines are taken: a torn last line, which a resumed run cuts, was never
 * read.
 */
export class Tail {
  readonly #path: string;
  #identity = '';
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined while there is no such file. */
  async look(): Promise<TailedLines | undefined> {
    const file = await openIfThere(this.#path);
    if (!file) return undefined;
    try {
      const { dev, ino, size } = await file.stat();
      const identity = `${dev}:${ino}`;
      const startedAnew = this.#identity !== '' && (identity !== this.#identity || size < this.#offset);
      if (startedAnew) this.#offset = 0;
      this.#identity = identity;
      const unread = size - this.#offset;
      return { startedAnew, ...(await this.#wholeLines(file, Math.min(unread, READ_BYTES_MAX), unread)) };
    } finally {
      await file.close();
    }
  }

  async #wholeLines(file: FileHandle, length: number, unread: number) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, this.#offset);
    const end = buffer.lastIndexOf(0x0a, bytesRead - 1) + 1;
    // No event is that long: a line that fills the whole read is skipped, so that the rest can be seen.
    this.#offset += end === 0 && bytesRead === READ_BYTES_MAX ? bytesRead : end;
    const lines = buffer
      .toString('utf8', 0, end)
      .split('\n')
      .filter((line) => line !== '');
    return { lines, hasMore: unread > length };
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
