import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Manifest, runFiles, type StudyExpectation } from '@escala/model';
import { parseResults } from '@escala/model/study';
import type { Feed } from './feed.ts';
import { PageEvents } from './page-event.ts';
import { pageAnswer, pageStudy, pageVerdicts } from './page-study.ts';
import { Tail } from './tail.ts';

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
