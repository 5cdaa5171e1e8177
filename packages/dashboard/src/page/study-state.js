/**
 * The state of a study after some of its events: a fold, so that live view and replay are the same code.
 *
 * @typedef {'planned' | 'running' | 'measured' | 'dropped' | 'VALID' | 'SUSPECT' | 'INVALID'} Status
 * @typedef {{ n: number, p50: number | null, p95: number | null, p99: number | null }} Latency  µs
 * @typedef {{ planIndex: number, cell: string, round: number, status: Status, startS: number,
 *   lastS: number, answered: number, failed: number, counts: any, throughput: number | null,
 *   latencyUs: Latency | null, statusCodes: Record<string, number>, replicas: { name: string, requests: number }[],
 *   sentences: Record<string, string>[], planned: number
 * }} Trial
 * @typedef {{ trial: number, from: number, to: number, throughput: number, failed: number,
 *   latencyUs: Latency | null }} Span  a measured stretch of time, in the study's seconds
 * @typedef {{ from: number, to: number | null, system: string, replicas: number }} Block  `to` is null while it lasts
 * @typedef {{ key: 'statusStarting' | 'statusReadying' | 'statusMeasuring' | 'statusCollecting' | 'statusJudging',
 *   values: Record<string, string | number> }} Step  what the run does, as its newest event tells
 */

/** @param {any} study the plan, as the server tells it */
export function newState(study) {
  /** @type {Trial[]} */
  const trials = study.trials.map((/** @type {any} */ trial) => ({
    ...trial,
    ...unmeasured(),
    status: 'planned',
  }));
  return {
    study,
    trials,
    byName: new Map(trials.map((trial) => [nameOf(trial), trial])),
    /** @type {Span[]} */
    spans: [],
    /** Servers of one system, from their deployment to their removal, in the study's seconds. @type {Block[]} */
    blocks: [],
    /** @type {any[]} */
    notes: [],
    /** @type {Trial | null} */
    current: null,
    /** @type {Trial | null} */
    newest: null,
    /** @type {Step | null} */
    step: null,
    /** Pods that it waits for: the event `waiting`, until the next. @type {any} */
    pods: null,
    /** Replicas of the current block by their node, on a cluster. @type {Record<string, number>} */
    nodes: {},
    /** @type {'waiting' | 'running' | 'interrupted' | 'finished'} */
    phase: 'waiting',
    s: 0,
    atUs: 0,
    /** Seconds that the rest will take, as known at `s`. @type {number | null} */
    leftS: null,
    /** @type {Map<string, any> | null} verdicts of results.json, for events that hold none */
    verdicts: null,
  };
}

/** @typedef {ReturnType<typeof newState>} State */

/** @param {{ cell: string, round: number }} trial */
export const nameOf = ({ cell, round }) => `${cell}/${round}`;

function unmeasured() {
  return {
    startS: 0,
    lastS: 0,
    answered: 0,
    failed: 0,
    counts: null,
    throughput: null,
    latencyUs: null,
    statusCodes: {},
    replicas: [],
    sentences: [],
    planned: Number.POSITIVE_INFINITY,
  };
}

/** Applies one event. Unknown events and unknown cells change nothing: the file may be of a newer Escala. @param {State} state @param {any} event */
export function apply(state, event) {
  state.s = Math.max(state.s, event.s ?? 0);
  state.atUs = Math.max(state.atUs, event.atUs ?? 0);
  state.leftS = event.leftS ?? state.leftS;
  if (event.type !== 'trial-judged') state.pods = event.type === 'waiting' ? event : null;
  const trial = event.cell === undefined ? undefined : state.byName.get(nameOf(event));
  const forRun = onRun[event.type];
  if (forRun) forRun(state, event);
  const forTrial = onTrial[event.type];
  if (forTrial && trial) forTrial(state, trial, event);
}

/** @type {Record<string, (state: State, event: any) => void>} */
const onRun = {
  'run-started'(state, event) {
    state.phase = 'running';
    const completed = new Set(event.completed);
    for (const trial of state.trials) {
      // A trial that was under way when the run was lost runs again; one that is on disk needs no event to be so.
      if (completed.has(trial.planIndex)) {
        if (!isDone(trial)) finish(state, trial);
      } else Object.assign(trial, unmeasured(), { status: 'planned' });
    }
    state.current = state.step = null;
    endBlock(state, event);
  },
  'block-started'(state, event) {
    endBlock(state, event);
    const { system, replicas, s } = event;
    state.blocks.push({ from: s, to: null, system, replicas });
    state.step = { key: 'statusStarting', values: { system, replicas } };
  },
  'block-ready'(state, event) {
    state.nodes = event.nodes ?? {};
    state.step = null;
  },
  'block-ended': endBlock,
  'run-interrupted'(state, event) {
    state.phase = 'interrupted';
    state.current = state.step = null;
    endBlock(state, event);
    state.notes.push({ key: 'noteInterrupted', s: event.s, done: event.done, trials: event.trials });
  },
  'run-finished'(state, event) {
    state.phase = 'finished';
    state.current = state.step = null;
    endBlock(state, event);
  },
};

/** @param {State} state @param {any} event */
function endBlock(state, { s }) {
  const block = state.blocks.at(-1);
  if (block) block.to ??= s;
}

/** @type {Record<string, (state: State, trial: Trial, event: any) => void>} */
const onTrial = {
  'trial-prepared'(state, trial) {
    Object.assign(trial, unmeasured(), { status: 'running' });
    state.current = trial;
    state.step = { key: 'statusReadying', values: { cell: trial.cell } };
  },
  'trial-started'(state, trial, event) {
    trial.startS = trial.lastS = event.startS ?? event.s;
    trial.planned = event.planned ?? Number.POSITIVE_INFINITY;
    state.step = { key: 'statusMeasuring', values: { cell: trial.cell } };
  },
  'trial-progress'(state, trial, { elapsedMs, progress }) {
    if (progress.answered + progress.failed >= trial.planned)
      state.step = { key: 'statusCollecting', values: { cell: trial.cell } };
    const to = trial.startS + elapsedMs / 1e3;
    const seconds = to - trial.lastS;
    const failed = progress.failed - trial.failed;
    const throughput = (progress.answered - trial.answered) / seconds;
    if (seconds > 0 && throughput >= 0) {
      const latencyUs = progress.latencyUs ?? null;
      state.spans.push({ trial: trial.planIndex, from: trial.lastS, to, throughput, failed, latencyUs });
    }
    [trial.lastS, trial.answered, trial.failed] = [to, progress.answered, progress.failed];
  },
  'trial-finished'(state, trial, { counts }) {
    trial.counts = counts;
    // What failed after the last progress event is marked at the last span.
    const last = state.spans.findLast(({ trial: planIndex }) => planIndex === trial.planIndex);
    if (last) last.failed += Math.max(0, counts.requests - counts.outcomes.answered - trial.failed);
    finish(state, trial);
    if (trial.status === 'measured') state.step = { key: 'statusJudging', values: { cell: trial.cell } };
  },
  'trial-judged'(state, trial, event) {
    if (state.step?.key === 'statusJudging') state.step = null;
    judge(state, trial, event);
  },
  'trial-dropped'(state, trial, { reason, s }) {
    trial.status = 'dropped';
    state.step = null;
    if (state.current === trial) state.current = null;
    state.notes.push({ key: 'noteDropped', s, cell: trial.cell, round: trial.round, sentences: [reason] });
  },
};

/** @param {State} state @param {Trial} trial */
function finish(state, trial) {
  trial.status = 'measured';
  if (state.current === trial) state.current = null;
  const known = state.verdicts?.get(nameOf(trial));
  if (known) judge(state, trial, known);
}

/** @param {State} state @param {Trial} trial @param {any} judged */
function judge(state, trial, judged) {
  const isNews = trial.status !== judged.verdict;
  trial.status = judged.verdict;
  trial.throughput = judged.throughput;
  trial.latencyUs = judged.latencyUs ?? null;
  trial.statusCodes = judged.statusCodes ?? {};
  trial.replicas = judged.replicas ?? [];
  trial.sentences = judged.sentences ?? [];
  state.newest = trial;
  if (!isNews) return;
  addWholeTrial(state, trial);
  if (judged.verdict !== 'VALID') noteReasons(state, trial, judged);
}

/** Each reason is a note once; a trial that has it, too, joins the note. @param {State} state @param {Trial} trial @param {any} judged */
function noteReasons({ notes, s: nowS }, { cell, round, sentences }, { verdict, reasons = [], s = nowS }) {
  for (const [i, reason] of (reasons.length > 0 ? reasons : ['']).entries()) {
    const told = notes.find((note) => note.reason === reason && note.verdict === verdict);
    if (told) told.also.push({ cell, round });
    else
      notes.push({
        key: 'noteJudged',
        s,
        cell,
        round,
        verdict,
        reason,
        also: [],
        sentences: sentences.slice(i, i + 1),
      });
  }
}

/** A trial that was over before its first progress event is one span. @param {State} state @param {Trial} trial */
function addWholeTrial(state, trial) {
  const answered = trial.counts?.outcomes.answered ?? 0;
  if (trial.lastS > trial.startS || trial.startS === 0 || !trial.throughput) return;
  state.spans.push({
    trial: trial.planIndex,
    from: trial.startS,
    to: trial.startS + answered / trial.throughput,
    throughput: trial.throughput,
    failed: trial.counts.requests - answered,
    latencyUs: trial.latencyUs,
  });
}

/** @param {Status} status */
export const isJudged = (status) => ['VALID', 'SUSPECT', 'INVALID'].includes(status);

/** @param {Pick<Trial, 'status'>} trial */
export const isDone = ({ status }) => !['planned', 'running', 'dropped'].includes(status);

/** Sums over the trials that are on disk, and what the current one has so far. @param {State} state */
export function totals(state) {
  /** @type {Record<string, number>} */
  const failures = {};
  let answered = 0;
  const verdicts = { VALID: 0, SUSPECT: 0, INVALID: 0 };
  let done = 0;
  for (const trial of state.trials) {
    if (isDone(trial)) done++;
    if (trial.status in verdicts) verdicts[/** @type {'VALID'} */ (trial.status)]++;
    answered += trial.counts?.outcomes.answered ?? 0;
    for (const [kind, count] of Object.entries(failuresOf(trial)))
      failures[kind] = (failures[kind] ?? 0) + count;
  }
  const running = state.current ?? { answered: 0, failed: 0 };
  const failed = Object.values(failures).reduce((sum, count) => sum + count, running.failed);
  return { done, verdicts, answered: answered + running.answered, failed, failures };
}

/**
 * How many requests of a trial that is over failed in which way: by status code as far as the judge told codes, else by outcome.
 * @param {Pick<Trial, 'counts' | 'statusCodes'>} trial @returns {Record<string, number>}
 */
export function failuresOf({ counts, statusCodes }) {
  const { answered: _, rejected = 0, ...others } = counts?.outcomes ?? {};
  const codes = Object.entries(statusCodes).filter(([code]) => !code.startsWith('2'));
  const uncoded = codes.reduce((left, [, count]) => left - count, rejected);
  return Object.fromEntries(
    [...codes, ['rejected', uncoded], ...Object.entries(others)].filter(([, count]) => Number(count) > 0),
  );
}
