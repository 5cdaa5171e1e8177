import {
  describeBytes,
  fill,
  type Language,
  type MachineLimits,
  type MeasuredSystem,
  type Results,
  runFiles,
  sentences,
} from '@escala/model';
import { type Element, h } from '../markup/element.ts';
import { htmlTable } from '../tables/html.ts';
import type { Table, Value } from '../tables/table.ts';
import { instantText, numberText } from '../words/format.ts';

const pageWords = sentences.report.wordsPage;
/** Enough to name a commit, as git shows it. */
const COMMIT_CHARACTERS = 12;

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
      ...(of.kubernetes === null
        ? []
        : [['Kubernetes', of.kubelet ? `${of.kubernetes}, kubelet ${of.kubelet}` : of.kubernetes]]),
      ...(of.nodes === null ? [] : [[pageWords.nodes, numberText(of.nodes, language, 'integer')]]),
      ...limitRows(of.limits, language),
      ...(of.systems ?? []).map((system) => [
        fill(pageWords.measuredSystem, language, { name: system.name }),
        systemText(system, language),
      ]),
    ],
  };
  return h(
    'section',
    { id: 'environment' },
    h('h2', {}, pageWords.environment[language]),
    htmlTable(table, 'machine', pageWords.environmentCaption[language], language),
  );
}

function limitRows(limits: MachineLimits | undefined, language: Language): Value[][] {
  if (!limits) return [];
  const { cpus, memoryBytes, governor } = limits;
  return [
    ...(cpus === null ? [] : [[pageWords.cpuLimit, numberText(cpus, language)]]),
    ...(memoryBytes === null ? [] : [[pageWords.memoryLimit, describeBytes(memoryBytes)]]),
    ...(governor === null ? [] : [[pageWords.governor, governor]]),
  ];
}

/** Everything that is known of the program, the most readable first, and which of its version and runtime is not. */
function systemText(
  { version, commit, isDirty, digest, runtime }: MeasuredSystem,
  language: Language,
): string {
  return [
    version ? `Escala ${version}` : pageWords.versionUnknown[language],
    runtime ?? pageWords.runtimeUnknown[language],
    commit &&
      fill(isDirty ? pageWords.commitDirty : pageWords.commit, language, {
        commit: commit.slice(0, COMMIT_CHARACTERS),
      }),
    digest,
  ]
    .filter((part) => part)
    .join(' · ');
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
      fill(rounds === 1 ? pageWords.seedTextOne : pageWords.seedText, language, {
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
  const files = [
    runFiles.requests,
    runFiles.results,
    runFiles.manifest,
    runFiles.experiment,
    runFiles.events,
    runFiles.checksums,
  ];
  return h(
    'section',
    { id: 'raw' },
    h('h2', {}, pageWords.raw[language]),
    h('p', {}, pageWords.rawText[language], ' ', h('code', {}, 'npm start -- verify RUN')),
    h(
      'ul',
      {},
      files.map((file) => h('li', {}, h('a', { href: file }, file))),
    ),
  );
}
