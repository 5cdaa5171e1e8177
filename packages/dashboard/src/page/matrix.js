import { byId, html } from './element.js';
import { median } from './growth.js';
import { isDone, isJudged } from './study-state.js';
import { say, wholeText } from './words.js';

/** @typedef {import('./words.js').Language} Language @typedef {import('./study-state.js').State} State @typedef {import('./study-state.js').Status} Status */

/** Each status has a shape, so that colour is not needed. From the least to the most important. */
export const shapes = /** @type {const} */ ({
  planned: '·',
  measured: '○',
  VALID: '●',
  SUSPECT: '▲',
  INVALID: '✕',
  dropped: '↻',
  running: '▶',
});
const order = /** @type {Status[]} */ (Object.keys(shapes));

/** What a cell shows: the worst of its rounds so far; running wins. @param {Status[]} statuses */
export function cellStatus(statuses) {
  return statuses.reduce(
    (worst, status) => (order.indexOf(status) > order.indexOf(worst) ? status : worst),
    'planned',
  );
}

/** Cells that differ only in replicas and clients (or rate) are one table. @param {any} study */
export function groupsOf({ cells }) {
  /** @type {Map<string, any>} */
  const groups = new Map();
  for (const cell of cells) {
    const { system, messages, replicas, isOpen, load, others } = cell;
    const group = groups.get(`${system} ${messages} ${others}`) ?? {
      others,
      system,
      messages,
      isOpen,
      cells: new Map(),
      rows: [],
      columns: [],
    };
    if (!group.rows.includes(replicas)) group.rows.push(replicas);
    if (!group.columns.includes(load)) group.columns.push(load);
    group.cells.set(`${replicas}/${load}`, cell);
    groups.set(`${system} ${messages} ${others}`, group);
  }
  for (const { rows, columns } of groups.values()) for (const list of [rows, columns]) list.sort(ascending);
  // The plan is in random order; a person looks for the systems side by side, from the lightest load on.
  return [...groups.values()].sort(
    (a, b) =>
      Number(a.isOpen) - Number(b.isOpen) ||
      a.others.localeCompare(b.others) ||
      a.messages - b.messages ||
      a.system.localeCompare(b.system),
  );
}

const ascending = (/** @type {number} */ a, /** @type {number} */ b) => a - b;

/** @type {Map<string, HTMLElement>} the button of each cell, by its key */
const buttons = new Map();

/** Builds the tables once a study; `select` is called with the cell that the user chose. @param {any} study @param {Language} language @param {(cell: string) => void} select */
export function buildMatrix(study, language, select) {
  buttons.clear();
  const tables = groupsOf(study).map((group) => {
    const { system, messages, isOpen, rows, columns } = group;
    const head = columns.map((/** @type {number} */ column) =>
      html('th', { scope: 'col' }, [String(column)]),
    );
    const factors = say(isOpen ? 'groupOpen' : 'groupClosed', language, { system, messages });
    const caption = group.others === '' ? factors : `${factors}, ${group.others}`;
    const table = html('table', {}, [
      html('caption', {}, [caption]),
      html('tr', {}, [
        html('td', { class: 'corner' }, [say(isOpen ? 'replicasByRate' : 'replicasByClients', language)]),
        ...head,
      ]),
      ...rows.map((/** @type {number} */ row) =>
        html('tr', {}, [
          html('th', { scope: 'row' }, [String(row)]),
          ...columns.map((/** @type {number} */ column) =>
            place(group.cells.get(`${row}/${column}`), select),
          ),
        ]),
      ),
    ]);
    table.addEventListener('keydown', moveByArrow);
    table.querySelector('button')?.setAttribute('tabindex', '0');
    return html('div', { class: 'scrolls' }, [table]);
  });
  byId('matrix').replaceChildren(...tables);
  byId('legend').replaceChildren(
    ...order.map((status) =>
      html('li', {}, [
        html('span', { class: `shape ${status}`, 'aria-hidden': 'true' }, [shapes[status]]),
        ` ${say(status, language)}`,
      ]),
    ),
    html('li', {}, [
      html('span', { class: 'shades', 'aria-hidden': 'true' }),
      ' ',
      html('span', { id: 'shade' }),
    ]),
  );
}

/** @param {any} cell @param {(cell: string) => void} select */
function place(cell, select) {
  if (!cell) return html('td');
  const button = html('button', { type: 'button', tabindex: '-1' });
  button.addEventListener('click', () => select(cell.key));
  button.addEventListener('focus', () => select(cell.key));
  buttons.set(cell.key, button);
  return html('td', {}, [button]);
}

/** One stop of the tab key a table; arrows inside. @param {KeyboardEvent} event */
function moveByArrow(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const cell = /** @type {HTMLElement} */ (event.target).closest('td');
  const row = /** @type {HTMLTableRowElement | null} */ (cell?.parentElement);
  const table = row?.closest('table');
  if (!step || !cell || !row || !table) return;
  const next =
    table.rows[row.rowIndex + (step[0] ?? 0)]?.cells[cell.cellIndex + (step[1] ?? 0)]?.querySelector(
      'button',
    );
  if (!next) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (event.target).setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}

/** What a cell did, in the middle of its rounds so far; null where that is not known. @param {Pick<import('./study-state.js').Trial, 'status' | 'throughput'>[]} trials */
function throughputOf(trials) {
  const known = trials.flatMap(({ status, throughput }) =>
    isJudged(status) && status !== 'INVALID' && throughput !== null ? [throughput] : [],
  );
  return known.length === 0 ? null : median(known);
}

/** Shows the statuses; only what changed is touched. @param {State} state @param {Language} language @param {string | null} selected */
export function drawMatrix(state, language, selected) {
  const byCell = Map.groupBy(state.trials, ({ cell }) => cell);
  const values = new Map([...byCell].map(([cell, trials]) => [cell, throughputOf(trials)]));
  const most = Math.max(0, ...[...values.values()].map((value) => value ?? 0));
  byId('shade').textContent = say('shade', language, { most: wholeText(most, language) });
  for (const [cell, button] of buttons) {
    const trials = byCell.get(cell) ?? [];
    const status = cellStatus(trials.map((trial) => trial.status));
    const done = trials.filter(isDone).length;
    const rounds = say('roundsDone', language, { done, rounds: trials.length });
    const value = values.get(cell) ?? null;
    const known = value === null ? '' : `, ${say('cellValue', language, { throughput: value })}`;
    const label = `${cell}: ${say(status, language)}, ${rounds}${known}`;
    button.setAttribute('aria-pressed', String(cell === selected));
    button.style.setProperty('--share', String(value === null || most === 0 ? 0 : value / most));
    if (button.getAttribute('aria-label') === label) continue;
    button.setAttribute('aria-label', label);
    button.setAttribute('title', label);
    button.className = `shape ${status}`;
    button.replaceChildren(
      shapes[status],
      ...(trials.length > 1 ? [html('small', {}, [`${done}/${trials.length}`])] : []),
    );
  }
}
