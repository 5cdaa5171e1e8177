import { drawDetail, drawNotes } from './detail.js';
import { byId, html } from './element.js';
import { drawLatency, drawThroughput } from './figures.js';
import { drawGrowth } from './growth.js';
import { buildMatrix, drawMatrix } from './matrix.js';
import { drawAnswer, drawOverview } from './overview.js';
import { Recording } from './recording.js';
import { listen } from './stream.js';
import { catalogue, say, speakWith, timeText } from './words.js';

speakWith(await (await fetch('words.json')).json());
const languages = Object.keys(catalogue.languages);

/** A replay shows the whole study in this time. */
const REPLAY_SECONDS = 30;

const recording = new Recording();
const page = {
  language:
    languages.find((tag) => tag === new URLSearchParams(location.search).get('lang')) ?? languages[0] ?? '',
  /** The moment that is looked at, s; null follows the newest. @type {number | null} */
  moment: null,
  isPlaying: false,
  /** @type {string | null} */
  selected: null,
  isConnected: true,
  isThere: true,
  /** @type {import('./overview.js').Answer} */
  answer: { sentences: [], trials: 0 },
  /** @type {any} */
  study: null,
};

let isDrawingAsked = false;
/** Draws once a frame at most, however many events arrive. */
function askToDraw() {
  if (isDrawingAsked) return;
  isDrawingAsked = true;
  requestAnimationFrame(() => {
    isDrawingAsked = false;
    draw();
  });
}

function draw() {
  const { language, selected, moment } = page;
  const state = recording.moveTo(moment ?? Number.POSITIVE_INFINITY);
  drawSlider();
  if (!state) return;
  if (moment !== null) state.s = moment;
  const silentS = Date.now() / 1e3 - recording.newestUs / 1e6;
  const shown = { ...page, isReplay: moment !== null, silentS };
  drawAnswer(state, language, shown);
  drawOverview(state, language, shown);
  drawGrowth(state, language);
  drawThroughput(state, language);
  drawLatency(state, language);
  drawMatrix(state, language, selected);
  drawDetail(state, language, selected);
  drawNotes(state, language);
}

function drawSlider() {
  const { language, moment, isPlaying } = page;
  const at = moment ?? recording.endS;
  const text = say('momentText', language, { at: timeText(at), end: timeText(recording.endS) });
  const slider = byId('moment');
  slider.max = recording.endS;
  slider.step = Math.max(0.1, recording.endS / 1000);
  slider.value = at;
  slider.setAttribute('aria-valuetext', text);
  byId('moment-text').textContent = text;
  byId('play').textContent = say(isPlaying ? 'pause' : 'play', language);
  byId('live').disabled = moment === null;
}

/** Puts every fixed word of the page in the language. */
function applyLanguage() {
  document.documentElement.lang = page.language;
  byId('language').value = page.language;
  byId('moment').setAttribute('aria-label', say('moment', page.language));
  for (const element of document.querySelectorAll('[data-say]')) {
    element.textContent = say(
      /** @type {import('./words.js').Key} */ (element.getAttribute('data-say')),
      page.language,
    );
  }
  if (page.study) buildMatrix(page.study, page.language, select);
  askToDraw();
}

/** @param {string} cell */
function select(cell) {
  page.selected = cell;
  askToDraw();
}

/** @param {number | null} moment */
function lookAt(moment) {
  page.moment = moment !== null && moment >= recording.endS ? null : moment;
  askToDraw();
}

function play() {
  page.isPlaying = !page.isPlaying;
  if (!page.isPlaying) return askToDraw();
  let at = page.moment ?? 0;
  let before = performance.now();
  const step = (/** @type {number} */ now) => {
    if (!page.isPlaying) return;
    at += ((now - before) / 1e3) * (recording.endS / REPLAY_SECONDS);
    before = now;
    if (at >= recording.endS) page.isPlaying = false;
    lookAt(at);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

byId('language').append(
  ...Object.entries(catalogue.languages).map(([value, name]) =>
    html('option', { value, lang: value }, [name]),
  ),
);
byId('language').addEventListener('change', (/** @type {any} */ event) => {
  page.language = event.target.value;
  applyLanguage();
});
/** The size is part of the address: it stays when the page is loaded again. @param {boolean} isLarge */
function showFor(isLarge) {
  document.documentElement.classList.toggle('projector', isLarge);
  byId('projector').setAttribute('aria-pressed', String(isLarge));
  const address = new URL(location.href);
  if (isLarge) address.searchParams.set('size', 'projector');
  else address.searchParams.delete('size');
  history.replaceState(null, '', address);
  askToDraw();
}
const toggleSize = () => showFor(!document.documentElement.classList.contains('projector'));
byId('projector').addEventListener('click', toggleSize);
addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
  // In a list of choices a letter chooses.
  const isTyped = /** @type {HTMLElement} */ (target).closest('select, input') !== null;
  if (key === 'p' && !isTyped && !ctrlKey && !metaKey && !altKey) toggleSize();
});
byId('moment').addEventListener('input', (/** @type {any} */ event) => {
  page.isPlaying = false;
  lookAt(Number(event.target.value));
});
byId('play').addEventListener('click', play);
byId('live').addEventListener('click', () => {
  page.isPlaying = false;
  lookAt(null);
});
addEventListener('resize', askToDraw);
// Silence is news too.
setInterval(askToDraw, 5_000);

listen({
  study(study) {
    page.study = study;
    page.selected = null;
    page.answer = { sentences: [], trials: 0 };
    recording.begin(study);
    applyLanguage();
  },
  event: (event) => recording.add(event),
  results({ trials, answer }) {
    page.answer = { sentences: answer, trials: trials.length };
    recording.knowVerdicts(trials);
  },
  source({ isThere }) {
    page.isThere = isThere;
  },
  told: askToDraw,
  connected(is) {
    page.isConnected = is;
    askToDraw();
  },
});
applyLanguage();
showFor(new URLSearchParams(location.search).get('size') === 'projector');
