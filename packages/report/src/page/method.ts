import { describeBytes, fill, formatDurationUs, type Language, type Results, runFiles } from '@escala/model';
import { instantText, numberText } from '../format.ts';
import { type Element, h } from '../markup/element.ts';
import { htmlTable } from '../tables/html.ts';
import type { Table } from '../tables/table.ts';
import { methodText } from '../words/methods.ts';
import { pageWords } from '../words/page.ts';

/** Above this share of all cores, who shares a machine competes for it. */
const busyShare = 0.8;

/** What the servers did for each request, and where the machine itself may have been the limit. */
function conditions(results: Results, language: Language): Element[] {
  const { service, durability, commitDelayUs } = results.experiment;
  const busy = results.trials.filter(({ cpu }) => (cpu.machineShare ?? 0) > busyShare).length;
  const sentences = [
    service.timeUs > 0
      ? fill(pageWords.serviceSimulated, language, {
          time: formatDurationUs(service.timeUs),
          kind: pageWords[service.kind === 'wait' ? 'serviceWait' : 'serviceCpu'][language],
          parallelism: service.parallelism,
        })
      : pageWords.serviceReal[language],
    durability === 'sync'
      ? fill(pageWords.rowsSync, language, { delay: formatDurationUs(commitDelayUs) })
      : pageWords.rowsAsync[language],
    pageWords.balancing[language],
    ...(busy > 0
      ? [fill(pageWords.busyMachine, language, { count: busy, trials: results.trials.length })]
      : []),
  ];
  return sentences.map((sentence) => h('p', {}, sentence));
}

/** How the numbers were made. */
export function methodSection(results: Results, language: Language): Element {
  const { method, selftest } = results;
  return h(
    'section',
    { id: 'method' },
    h('h2', {}, pageWords.method[language]),
    ...conditions(results, language),
    h('p', {}, pageWords.methodThroughput[language]),
    h('p', {}, pageWords.methodPercentile[language]),
    h(
      'p',
      {},
      fill(pageWords.methodUnit, language, {
        throughput: methodText(method.throughputInterval, language),
        percentile: methodText(method.percentileInterval, language),
      }),
    ),
    h('p', {}, pageWords.methodClosed[language]),
    selftest &&
      h(
        'p',
        {},
        fill(pageWords.selftest, language, {
          verdict: pageWords[selftest.verdict === 'trustworthy' ? 'trustworthy' : 'doubtful'][language],
          ceiling: numberText(selftest.ceiling.requestsPerSecond, language),
        }),
      ),
  );
}

/** The machine, without its name, its users or its paths. */
export function environmentSection(results: Results, language: Language): Element {
  const { environment: of, target } = results;
  const table: Table = {
    columns: [
      { key: 'property', title: pageWords.property },
      { key: 'value', title: pageWords.value },
    ],
    rows: [
      [pageWords.target, target],
      ['Escala', of.escala],
      ['Node', of.node],
      [pageWords.system, `${of.platform} ${of.kernel} (${of.arch})`],
      [pageWords.cpu, of.cpuModel],
      [pageWords.cores, numberText(of.cpus, language, 'integer')],
      [pageWords.memory, describeBytes(of.memoryBytes)],
      ...(of.kubernetes === null ? [] : [['Kubernetes', of.kubernetes]]),
    ],
  };
  return h(
    'section',
    { id: 'environment' },
    h('h2', {}, pageWords.environment[language]),
    htmlTable(table, pageWords.environment[language], language),
  );
}

export function seedsSection(results: Results, language: Language): Element {
  const { seed, rounds } = results.experiment;
  return h(
    'section',
    { id: 'seeds' },
    h('h2', {}, pageWords.seeds[language]),
    h(
      'p',
      {},
      fill(pageWords.seedText, language, {
        // A seed is a name made of digits, not a quantity: no thousands mark.
        seed: String(seed),
        rounds,
        from: instantText(results.startedAtUs, language),
        to: instantText(results.endedAtUs, language),
      }),
    ),
  );
}

export function rawSection(language: Language): Element {
  const files = [runFiles.requests, runFiles.results, runFiles.manifest, runFiles.events, runFiles.checksums];
  return h(
    'section',
    { id: 'raw' },
    h('h2', {}, pageWords.raw[language]),
    h('p', {}, pageWords.rawText[language]),
    h(
      'ul',
      {},
      files.map((file) => h('li', {}, h('a', { href: file }, file))),
    ),
  );
}
