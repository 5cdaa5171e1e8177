import { byId, html, svg } from './element.js';
import { shapes } from './matrix.js';
import { failuresOf, isJudged } from './study-state.js';
import { failureKindsText, latencyText, say, timeText, wholeText } from './words.js';

/** @typedef {import('./words.js').Language} Language @typedef {import('./study-state.js').State} State @typedef {import('./study-state.js').Trial} Trial */

/** Newest notes that the list shows. */
const NOTES_MAX = 30;
/** Cells that one note names. */
const CELLS_MAX = 12;

/** Shows the chosen cell; where none is chosen, the trial that was judged last. @param {State} state @param {Language} language @param {string | null} selected */
export function drawDetail(state, language, selected) {
  const cell = selected ?? state.newest?.cell ?? null;
  const trials = state.trials.filter((trial) => trial.cell === cell);
  byId('detail-title').textContent =
    cell === null ? say('noCell', language) : say('detail', language, { cell });
  const judged = trials.findLast(({ replicas }) => replicas.length > 0);
  byId('detail').replaceChildren(
    ...trials.flatMap((trial) => describeTrial(trial, language)),
    ...(judged
      ? replicaBars(judged, language)
      : [html('p', { class: 'reading' }, [say(replicasMissing(trials), language)])]),
  );
}

/** Why there are no bars: nothing was judged yet, or what was judged named no replica. @param {Pick<Trial, 'status'>[]} trials */
export function replicasMissing(trials) {
  return isAnyJudged(trials) ? 'perReplicaUnknown' : 'perReplicaLater';
}

/** @param {readonly Pick<Trial, 'status'>[]} trials */
const isAnyJudged = (trials) => trials.some(({ status }) => isJudged(status));

/** What stands for an empty list of notes: that nothing is known is not that all is well. @param {readonly Pick<Trial, 'status'>[]} trials */
export function notesMissing(trials) {
  return isAnyJudged(trials) ? 'noNotes' : 'noneJudged';
}

/** @param {Trial} trial @param {Language} language */
function describeTrial(trial, language) {
  const { round, status, throughput, latencyUs, counts, sentences } = trial;
  const title = `${shapes[status]} ${say('round', language, { round, status: say(status, language) })}`;
  const known = counts && throughput !== null;
  return [
    html('p', { class: `trial ${status}` }, [title]),
    ...(known
      ? [
          html('p', { class: 'reading' }, [
            say('reads', language, {
              throughput,
              p50: latencyText(latencyUs?.p50, language),
              p95: latencyText(latencyUs?.p95, language),
              failed: counts.requests - counts.outcomes.answered,
              requests: counts.requests,
              kinds: failureKindsText(failuresOf(trial), language),
            }),
          ]),
        ]
      : []),
    ...(sentences.length > 0
      ? [
          html(
            'ul',
            {},
            sentences.map((sentence) => html('li', {}, [sentence[language] ?? ''])),
          ),
        ]
      : []),
  ];
}

/** A bar for each replica, all to one scale, with its number. @param {Trial} trial @param {Language} language */
function replicaBars({ round, replicas }, language) {
  const most = replicas.reduce((max, { requests }) => Math.max(max, requests), 1);
  const rows = replicas.map(({ name, requests }) =>
    html('tr', {}, [
      html('th', { scope: 'row' }, [name]),
      html('td', { class: 'bar' }, [
        svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, [
          svg('rect', { width: (100 * requests) / most, height: 10 }),
        ]),
      ]),
      html('td', { class: 'number' }, [wholeText(requests, language)]),
    ]),
  );
  return [
    html('div', { class: 'scrolls' }, [
      html('table', { class: 'replicas' }, [
        html('caption', {}, [say('perReplica', language, { round })]),
        ...rows,
      ]),
    ]),
  ];
}

/** Trials by cell, with the rounds in brackets. @param {readonly { cell: string, round: number }[]} trials */
function trialsText(trials) {
  const cells = [...Map.groupBy(trials, ({ cell }) => cell)];
  const named = cells
    .slice(0, CELLS_MAX)
    .map(([cell, its]) => `${cell} (${its.map(({ round }) => round).join(', ')})`);
  return named.join(', ') + (cells.length > named.length ? ', …' : '');
}

/** Verdicts that are not VALID, dropped trials: the newest first. @param {State} state @param {Language} language */
export function drawNotes({ notes, trials }, language) {
  const shown = notes.slice(-NOTES_MAX).reverse();
  const hidden = notes.length - shown.length;
  const items = shown.map(({ key, s, sentences, also = [], ...values }) => {
    const reasons = (sentences ?? [])
      .map((/** @type {Record<string, string>} */ sentence) => sentence[language])
      .join(' ');
    const mark = shapes[/** @type {'VALID'} */ (values.verdict)];
    const text = `${mark ? `${mark} ` : ''}${say(key, language, { ...values, at: timeText(s), reasons })}`;
    const more = say('noteAlso', language, { count: also.length, trials: trialsText(also) });
    return html('li', {}, [also.length > 0 ? `${text} ${more}` : text]);
  });
  if (hidden > 0) items.push(html('li', {}, [say('noteMore', language, { count: hidden })]));
  if (items.length === 0) items.push(html('li', { class: 'reading' }, [say(notesMissing(trials), language)]));
  byId('notes').replaceChildren(...items);
}
