import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fill, type Language, languages, type Results, sentences } from '@escala/model';
import { type Child, type Element, h, mergeLanguages } from '../markup/element.ts';
import { serialize } from '../markup/serialize.ts';
import { resultsParagraph } from '../papers/results-paragraph.ts';
import { cellsTable, kindsTable } from '../study/cells-table.ts';
import { lawsTable } from '../study/laws.ts';
import { htmlTable } from '../tables/html.ts';
import { dateText } from '../words/format.ts';
import { figuresSection, firstFigure, type PageFigures, pageFigures } from './figures.ts';
import { methodParts } from './method.ts';
import { environmentSection, rawSection, seedsSection } from './origin.ts';
import { auditSection, keySection, lawsSaid, verdictSection } from './verdict.ts';

const lawWords = sentences.report.laws;
const pageWords = sentences.report.wordsPage;

const asset = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
/** Of all languages that the page holds, one is shown. */
const switchStyle = languages
  .map(
    (one) =>
      `:root:has(#language-${one}:checked) body [lang]:not([lang="${one}"], label) { display: none; }\n`,
  )
  .join('');

/**
 * The report as one HTML file without network: everything is inside, and its content security policy allows nothing
 * else, so that a name which got through as markup could still do nothing.
 */
export function reportPage(results: Results, initial: Language): string {
  const style = asset('report.css') + switchStyle;
  const script = asset('report.js');
  const figures = pageFigures(results);
  const body = mergeLanguages((language) => bodyOf(results, figures, language));
  const page = h(
    'html',
    { lang: initial },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { 'http-equiv': 'content-security-policy', content: policyFor(style, script) }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      h('title', {}, fill(pageWords.title, initial, { name: results.experiment.name })),
      h('style', {}, style),
    ),
    switched(body, initial),
    h('script', {}, script),
  );
  return `<!doctype html>\n${serialize(page, 'html')}\n`;
}

function policyFor(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}

/** The switch stands outside what is merged: it names each language in itself. */
function switched(body: Element, initial: Language): Element {
  const choices = languages.flatMap((language) => [
    h('input', {
      type: 'radio',
      name: 'language',
      id: `language-${language}`,
      value: language,
      checked: language === initial,
    }),
    h('label', { for: `language-${language}`, lang: language }, sentences.model.language[language]),
  ]);
  const legend = h('legend', {}, Object.values(pageWords.language).join(' / '));
  return h('body', {}, h('fieldset', { class: 'languages' }, legend, choices), body.children);
}

function bodyOf(results: Results, figures: PageFigures, language: Language): Element {
  const title = fill(pageWords.title, language, { name: results.experiment.name });
  const kinds = kindsTable(results);
  return h(
    'body',
    {},
    h(
      'header',
      {},
      h('h1', {}, title),
      h('p', { class: 'subtitle' }, subtitle(results, language)),
      contents(language),
    ),
    h(
      'main',
      {},
      verdictSection(results, language),
      firstFigure(figures, language),
      keySection(results, language),
      figuresSection(figures, language),
      auditSection(results, language),
      whole('numbers', pageWords.numbers[language], [
        htmlTable(cellsTable(results), 'cells', pageWords.numbersCaption[language], language),
        kinds && htmlTable(kinds, 'requests', pageWords.kindsCaption[language], language),
        results.laws.length > 0 && h('h3', {}, lawWords.laws[language]),
        results.laws.length > 0 && h('p', {}, lawsSaid(results, language).join(' ')),
        results.laws.length > 0 &&
          htmlTable(lawsTable(results), 'laws', lawWords.lawsCaption[language], language),
      ]),
      whole('paste', pageWords.paste[language], [h('p', {}, resultsParagraph(results, language))]),
      whole('method', pageWords.method[language], methodParts(results, language)),
      environmentSection(results, language),
      seedsSection(results, language),
      rawSection(language),
    ),
  );
}

/** Folded on the screen, where it would stand between a reader and what follows; whole on paper. */
function whole(id: string, title: string, children: readonly Child[]): Element {
  return h(
    'section',
    { id },
    h('details', { class: 'whole' }, h('summary', {}, h('h2', {}, title)), children),
  );
}

/** How large the study was, where and when. */
function subtitle({ totals, experiment, target, startedAtUs }: Results, language: Language): string {
  const isWhole = totals.trialsMeasured === totals.trialsPlanned;
  return fill(pageWords[isWhole ? 'subtitle' : 'subtitlePartly'], language, {
    trials: totals.trialsMeasured,
    planned: totals.trialsPlanned,
    cells: totals.cellsMeasured,
    rounds: fill(pageWords.rounds, language, { rounds: experiment.rounds }),
    requests: totals.requests,
    target,
    date: dateText(startedAtUs, language),
  });
}

const sections = [
  'verdict',
  'key',
  'figures',
  'audit',
  'numbers',
  'paste',
  'method',
  'environment',
  'seeds',
  'raw',
] as const;

function contents(language: Language): Element {
  return h(
    'nav',
    { 'aria-label': pageWords.contents[language] },
    h(
      'ul',
      {},
      sections.map((section) => h('li', {}, h('a', { href: `#${section}` }, pageWords[section][language]))),
    ),
  );
}
