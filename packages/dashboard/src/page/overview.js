import { byId, html } from './element.js';
import { shapes } from './matrix.js';
import { totals } from './study-state.js';
import { failureKindsText, say, timeText, wholeText } from './words.js';

/** @typedef {import('./words.js').Language} Language @typedef {import('./study-state.js').State} State */

/** Without an event for this long the run may be gone. Pods of a new block can take a minute, in silence. */
const SILENT_S = 90;

/** How the page stands to the run, besides the run's own state. @typedef {{ isConnected: boolean, isThere: boolean, isReplay: boolean, silentS: number }} Link */

/** @param {State} state @param {Language} language @param {Link} link */
export function statusText(state, language, { isConnected, isThere, isReplay, silentS }) {
  const target = state.study.target;
  if (!isConnected) return say('statusUnconnected', language);
  if (!isThere) return say('statusGone', language);
  if (isReplay) return say('statusReplay', language, { target });
  if (state.phase === 'waiting') return say('waiting', language);
  if (state.phase === 'finished') return say('statusFinished', language, { target });
  if (state.phase === 'interrupted') return say('statusInterrupted', language, { target });
  if (state.pods)
    return say(state.pods.for === 'servers' ? 'statusServers' : 'statusAgents', language, state.pods);
  if (silentS > SILENT_S) return say('statusSilent', language, { target, seconds: timeText(silentS) });
  if (!state.step) return say('statusPreparing', language, { target });
  return say(state.step.key, language, { target, ...state.step.values });
}

/** @param {State} state @param {Language} language @param {Link} link */
export function drawOverview(state, language, link) {
  const { study } = state;
  byId('name').textContent = study.name;
  document.title = `${study.name} · Escala`;
  const status = statusText(state, language, link);
  // A screen reader speaks each change of this element: it is touched only when the words change.
  if (byId('status').textContent !== status) byId('status').textContent = status;
  const sums = totals(state);
  const progress = byId('progress');
  progress.max = Math.max(1, study.trials.length);
  progress.value = sums.done;
  const trials = say('ofTotal', language, { done: sums.done, total: study.trials.length });
  progress.setAttribute('aria-label', `${say('trials', language)}: ${trials}`);
  const left = state.phase === 'running' ? state.leftS : null;
  const verdicts = Object.entries(sums.verdicts).map(
    ([verdict, count]) =>
      `${shapes[/** @type {'VALID'} */ (verdict)]} ${wholeText(count, language)} ${verdict}`,
  );
  const newest = state.phase === 'running' ? state.spans.at(-1)?.throughput : undefined;
  fillNumbers([
    [say('trials', language), trials],
    [say('worked', language), timeText(state.s)],
    [say('left', language), left === null ? '–' : timeText(left)],
    [say('now', language), newest === undefined ? '–' : say('rate', language, { rate: newest })],
    [say('answered', language), wholeText(sums.answered, language)],
    [say('failed', language), wholeText(sums.failed, language) + failureKindsText(sums.failures, language)],
    [say('verdicts', language), verdicts.join('  ')],
    ...placement(state, language),
  ]);
}

/** What results.json says to the study's question, and of how many trials. @typedef {{ sentences: Record<string, string>[], trials: number }} Answer */

/**
 * What the study was made to learn, first of all, when it is known: at the end of the run, not in a replay. Results of
 * before the run went on have fewer trials than are done.
 * @param {State} state @param {Language} language @param {Link & { answer: Answer }} page
 */
export function drawAnswer(state, language, { answer, isReplay }) {
  const { sentences, trials } = answer;
  const isKnown =
    state.phase === 'finished' && !isReplay && sentences.length > 0 && trials === totals(state).done;
  byId('answer').hidden = !isKnown;
  byId('answer-says').replaceChildren(
    ...(isKnown ? sentences : []).map((sentence) => html('p', {}, [sentence[language] ?? ''])),
  );
}

/** How many replicas of the current servers each node carries. @param {State} state @param {Language} language */
function placement({ nodes }, language) {
  const parts = Object.entries(nodes).map(([node, replicas]) => `${node}: ${replicas}`);
  return parts.length === 0 ? [] : [[say('nodes', language), parts.join(', ')]];
}

/** @param {string[][]} pairs */
function fillNumbers(pairs) {
  byId('numbers').replaceChildren(
    ...pairs.map(([term, value]) =>
      html('div', {}, [html('dt', {}, [term ?? '']), html('dd', {}, [value ?? ''])]),
    ),
  );
}
