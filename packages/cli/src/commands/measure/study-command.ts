import type { Analysis } from '@escala/analysis';
import type { RequestsBySystem } from '@escala/lab';
import { type TargetPlace, type TargetRow, targetNamed } from '@escala/lab/targets';
import {
  EscalaError,
  type Event,
  type EventListener,
  type Experiment,
  fill,
  inEachLanguage,
  type Language,
  type Results,
  type Sentence,
  sentences,
  shellPath,
  shellWord,
} from '@escala/model';
import { progressListener } from '../../progress/progress.ts';
import { print, type World } from '../../terminal/world.ts';
import { throwWhereNoCellMeets } from '../judge/slo-violated.ts';
import { paceSentence } from './plan-text.ts';

/** Trials that an error names one by one. */
const NAMED_MAX = 10;

/** What the command line says of a study. */
export interface RunOptions extends TargetPlace {
  readonly target: string;
  readonly rounds?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly resume?: string;
  readonly strict?: boolean;
  readonly allowHost?: readonly string[];
}

type StudyRequest =
  | { readonly kind: 'resume'; readonly folder: string }
  | {
      readonly kind: 'start';
      readonly folder: string;
      readonly run: string;
      readonly experiment: Experiment;
      readonly requests: RequestsBySystem;
      readonly text: string;
    };

/**
 * Runs a study or goes on with one, judges each trial as it ends, and at the end writes results and report. What was
 * finished is analysed after every ending; only then does an interruption or a failed cell become an exit code.
 */
export async function runAndJudge(request: StudyRequest, options: RunOptions, world: World): Promise<void> {
  const { resumeStudy, startStudy, latestSelftest } = await import('@escala/lab');
  const { openAnalysis } = await import('@escala/analysis');
  const { readManifest } = await import('@escala/model/study');
  const { experiment, target } =
    request.kind === 'start'
      ? { experiment: request.experiment, target: options.target }
      : await readManifest(request.folder);
  const row = targetNamed(world.targets, target);
  await using analysis = await openAnalysis();

  const show = await shownProgress({ folder: request.folder, experiment, row }, options, world);
  const judge: EventListener = async (event, emit) => {
    if (event.type !== 'trial-finished') return;
    await emit(judgedEvent(event, await analysis.judgeTrial(request.folder, event), world));
  };
  const signal = world.interrupted();
  const study = {
    folder: request.folder,
    clock: world.clock,
    signal,
    listeners: [show, judge],
    selftest: row.isOneMachine ? await latestSelftest(world.environment) : undefined,
    targets: world.targets,
    place: { context: options.context, namespace: options.namespace },
    allowedHosts: options.allowHost,
  };
  const running =
    request.kind === 'start'
      ? startStudy(study, { ...request, target, experimentText: request.text })
      : resumeStudy(study);
  const outcome = await running.catch((cause) => {
    // From the first block on an interruption is an outcome. Where the removal failed too, that is the news.
    throw signal.aborted && !(cause instanceof SuppressedError)
      ? new EscalaError('INTERRUPTED_EARLY', {}, { cause })
      : cause;
  });

  const results = outcome.records.length
    ? await analyseAndReport(request.folder, analysis, world.language).catch((cause) => {
        // On a full disk there may be no room for it either; what ended the study is the news.
        throw outcome.failure?.resumableWith(resumeCommand(request.folder, options)) ?? cause;
      })
    : undefined;
  if (results && !options.json) await showFindings(results, request.folder, world);
  const total = outcome.manifest.plan.flatMap((block) => block.trials).length;
  const command = resumeCommand(request.folder, options);
  if (outcome.failure)
    // A whole study could not be removed: there is nothing to go on with.
    throw outcome.records.length === total ? outcome.failure : outcome.failure.resumableWith(command);
  if (outcome.interrupted)
    throw new EscalaError('INTERRUPTED', { count: outcome.records.length, total, command });
  throwWhatIsWrong(outcome.failed, results, options, request.folder);
  if (results) await throwWhereNoCellMeets(results);
}

/** The table is the report's, which help and mistakes of the command line have no need of. */
async function showFindings(results: Results, folder: string, world: World): Promise<void> {
  const { printFindings } = await import('./findings-text.ts');
  printFindings(results, folder, world);
}

/** What a person, or with `--json` a program, hears of the study while it runs. */
async function shownProgress(
  { folder, experiment, row }: { folder: string; experiment: Experiment; row: TargetRow },
  options: RunOptions,
  world: World,
): Promise<EventListener> {
  if (options.json) return (event) => world.stdout.write(`${JSON.stringify(event)}\n`);
  const { planStudy, expectStudy, knownPace } = await import('@escala/lab');
  const known = await knownPace(row.pace, await row.identify?.(options), folder);
  const show = progressListener(world, expectStudy(planStudy(experiment), experiment, known.pace));
  return (event) => {
    if (event.type === 'run-started') {
      if (known.run !== null) print(world.stderr, `${paceSentence(known, world.language)}\n`);
      print(world.stderr, `${fill(sentences.cli.run.whereToWatch, world.language, { folder })}\n`);
      // A command that is broken over two lines cannot be copied.
      world.stderr.write(`  npm start -- watch ${shellPath(folder)}\n`);
    }
    return show(event);
  };
}

/** Goes on with the run; the cluster and what may be loaded are no part of the run folder, so they are named again. */
function resumeCommand(folder: string, { context, namespace, allowHost = [] }: RunOptions): string {
  const options = [
    ...allowHost.flatMap((host) => ['--allow-host', host]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
  ];
  return ['npm start -- run --resume', shellPath(folder), ...options.map(shellWord)].join(' ');
}

type Finished = Extract<Event, { type: 'trial-finished' }>;

function judgedEvent(event: Finished, trial: Results['trials'][number], world: World): Event {
  const findings = trial.audits
    .filter(({ status }) => status === 'warn' || status === 'fail')
    .map(({ finding, values }) => ({ finding, values }));
  const throughput = trial.throughputWindow ?? trial.throughputMakespan;
  const { cell, round } = event;
  return {
    type: 'trial-judged',
    atUs: world.clock.nowUs(),
    cell,
    round,
    verdict: trial.verdict,
    reasons: findings.map(({ finding }) => finding),
    throughput,
    findings,
    latencyUs: trial.latencyUs,
    ...(trial.statusCodes && { statusCodes: trial.statusCodes }),
    replicas: trial.replicas.map(({ name, requests }) => ({ name, requests })),
  };
}

async function analyseAndReport(folder: string, analysis: Analysis, language: Language): Promise<Results> {
  const { writeChecksums, writeResults } = await import('@escala/model/study');
  const { writeReport } = await import('@escala/report');
  const results = await analysis.analyzeRun(folder);
  await writeResults(folder, results);
  // Before the report, which reads the results only as the file that the checksums name, and adds its own files.
  await writeChecksums(folder);
  await writeReport(folder, { language });
  return results;
}

/**
 * The worst news first: a ledger that does not close, then incomplete cells, then doubts; last, and not here, a service level. `results` are undefined where
 * no cell could be completed.
 */
function throwWhatIsWrong(
  failed: readonly { trial: { cell: { key: string }; round: number }; detail: Sentence }[],
  results: Results | undefined,
  { strict }: RunOptions,
  folder: string,
): void {
  if (results?.totals.ledgerCloses === false) {
    const open = results.trials.filter(
      ({ counts: { ledger } }) => ledger.missing + ledger.duplicated + ledger.unexpected > 0,
    );
    const detail = open.map(({ cell, round }) => `${cell}/${round}`).join(', ');
    throw new EscalaError('LEDGER_OPEN', { count: open.length, detail });
  }
  if (failed.length > 0) {
    const byReason = [...Map.groupBy(failed, ({ detail }) => detail.en).values()];
    const detail = inEachLanguage((language) =>
      byReason.map((trials) => `${namesOf(trials)} (${trials[0]?.detail[language]})`).join(', '),
    );
    throw new EscalaError('CELLS_INCOMPLETE', { count: failed.length, detail, folder: shellPath(folder) });
  }
  if (!results) return;
  const { SUSPECT, INVALID } = results.totals.verdicts;
  if (strict && SUSPECT + INVALID > 0) throw new EscalaError('CELLS_DOUBTFUL', { count: SUSPECT + INVALID });
}

/** `cell/round` of each, up to a screenful; the run folder has them all. */
function namesOf(trials: readonly { trial: { cell: { key: string }; round: number } }[]): string {
  const names = trials.map(({ trial }) => `${trial.cell.key}/${trial.round}`);
  const hidden = names.length - NAMED_MAX;
  return names.slice(0, NAMED_MAX).join(', ') + (hidden > 0 ? `, … (+${hidden})` : '');
}
