import {
  type Answer,
  type AnswerPart,
  type AuditName,
  type CellResult,
  describeNumber,
  describeShare,
  failedRequests,
  failureKinds,
  fillEach,
  inEachLanguage,
  isOpen,
  isVaried,
  kindsText,
  limitClause,
  type Question,
  questions,
  type Sentence,
  verdictSentences,
} from '@escala/model';
import { factorParts } from './further-factors.ts';
import { growthParts } from './growth.ts';
import { loadParts } from './load.ts';
import { serviceLevelParts } from './service-levels.ts';
import {
  inBrackets,
  joined,
  limitsOfEstimate,
  listed,
  nothing,
  part,
  placeOf,
  type Study,
  words,
} from './study.ts';
import { systemParts } from './systems.ts';

/** The parts that answer a question, none where the study has nothing to say to it. */
const answers: { readonly [Name in Question]: (study: Study) => AnswerPart[] } = {
  slo: serviceLevelParts,
  faults: faultParts,
  systems: systemParts,
  replicas: growthParts,
  load: loadParts,
  factors: factorParts,
  level: levelParts,
};

/** What the factors ask, where `question` of the experiment does not: it is as if a person wrote down why they vary. */
function asked({ experiment, cells }: Study): readonly Question[] {
  if (experiment.question) return experiment.question;
  const areOpen = cells.some(({ cell }) => isOpen(cell));
  const isAsked: { readonly [Name in Question]: boolean } = {
    slo: experiment.slo.length > 0,
    faults: experiment.faults.length > 0,
    systems: experiment.systems.length > 1,
    replicas: isVaried('replicas', experiment) && !areOpen,
    load: areOpen || (isVaried('clients', experiment) && !isVaried('replicas', experiment)),
    factors: true,
    level: false,
  };
  return questions.filter((question) => isAsked[question]);
}

/**
 * The answer of a study to what it was made for. Pure: the same results give the same answer, also results of an older
 * version, which have none.
 */
export function answerOf(study: Study): Answer {
  const parts = asked(study).flatMap((question) => answers[question](study));
  const [first = fallback(study), ...further] = parts.length > 0 ? parts : levelParts(study);
  return {
    ...asSentence(first, study),
    trust: trustOf(study, first),
    further: further.map((one) => asSentence(one, study)),
  };
}

/** One cell, or cells that differ in nothing that is asked: what it did. */
function levelParts(study: Study): AnswerPart[] {
  const measured = study.cells.filter(({ throughput }) => (throughput?.value ?? 0) > 0);
  const best = measured.toSorted((a, b) => (a.throughput?.value ?? 0) - (b.throughput?.value ?? 0)).at(-1);
  if (!best?.throughput) return [];
  const interval = limitsOfEstimate(best.throughput);
  const clause = limitClause(best);
  const sentence = fillEach(words.levelOf, {
    system: best.cell.system,
    place: placeOf(best, study.experiment),
    value: describeNumber(best.throughput.value),
    interval: inBrackets(interval),
    p95: best.p95Us ? fillEach(words.p95Of, { ms: describeNumber(best.p95Us.value / 1_000) }) : nothing,
    limit: clause ? fillEach(words.thereToo, { limit: clause }) : nothing,
  });
  const numbers = { throughput: best.throughput.value };
  return [part({ kind: 'level', sentence, numbers, interval, cells: [best.cell.key] })];
}

/** Nothing that counts was measured: why, as far as the totals and the audits tell. */
function fallback({ totals, trials }: Study): AnswerPart {
  const { requests, outcomes } = totals;
  const failing = (audit: AuditName) =>
    trials.filter(({ audits }) => audits.some((one) => one.audit === audit && one.status === 'fail')).length;
  const kinds = inEachLanguage((language) => kindsText(failureKinds(totals, totals.statusCodes), language));
  const [open, failed] = [failing('ledger'), failing('failures')];
  const say = () => {
    if (requests === 0) return words.noRequest;
    if (outcomes.answered === 0) return fillEach(words.noAnswer, { kinds });
    if (open > 0) return fillEach(words.noTrialLedger, { open, trials: trials.length });
    if (failed > 0) return fillEach(words.noTrialFailures, { failed, trials: trials.length, kinds });
    return words.noTrial;
  };
  return part({ kind: 'none', sentence: say(), numbers: { requests }, cells: [] });
}

/** Whole sentences; a name of a system stays as it is written. */
function asSentence<Part extends AnswerPart>(of: Part, { experiment }: Study): Part {
  const sentence = inEachLanguage((language) => {
    const text = of.sentence[language];
    const isName = experiment.systems.some(({ name }) => text.startsWith(name));
    return `${isName ? text : text.charAt(0).toUpperCase() + text.slice(1)}.`;
  });
  return { ...of, sentence };
}

/** Validity, rounds, and what nobody could check. */
function trustOf(study: Study, { cells }: AnswerPart): Sentence {
  const { totals } = study;
  const { VALID, SUSPECT, INVALID } = totals.verdicts;
  const rounds = Math.max(0, ...study.cells.map((cell) => cell.rounds));
  const trials = totals.trialsMeasured;
  const key = trials === 0 ? 'trustNone' : SUSPECT + INVALID === 0 ? 'trustAll' : 'trustSome';
  const base = fillEach(words[key], { trials, valid: VALID, suspect: SUSPECT, invalid: INVALID, rounds });
  const doubtfulCells = study.cells.filter(
    (of: CellResult) => cells.includes(of.cell.key) && of.verdict !== 'VALID',
  );
  const [doubts, behind] = [doubtfulCells.length, cells.length];
  const doubtful =
    doubts === 0
      ? nothing
      : doubts === behind
        ? words.trustNoneBehind
        : fillEach(words.trustBehind, { doubts, behind });
  const verdict = inEachLanguage((language) => verdictSentences(study, language).join(' '));
  return joined([base, rounds === 1 && trials > 0 ? words.trustOnce : nothing, doubtful, verdict], ' ');
}

/** What users saw of the faults, and whether an answered request was lost. */
function faultParts({ experiment, totals, cells }: Study): AnswerPart[] {
  if (experiment.faults.length === 0 || totals.requests === 0) return [];
  const failed = failedRequests(totals);
  const kinds = [...new Set(experiment.faults.map(({ kind }) => kind))];
  const sentence = fillEach(failed === 0 ? words.faultsUnseen : words.faults, {
    kinds: listed(kinds.map((kind) => words.faultKinds[kind])),
    failed,
    requests: totals.requests,
    share: describeShare(failed / totals.requests),
    lost: lostText(totals),
  });
  const numbers = { failed, requests: totals.requests, missing: totals.ledger.missing };
  return [part({ kind: 'faults', sentence, numbers, cells: cells.map(({ cell }) => cell.key) })];
}

function lostText({ ledger, ledgerCloses }: Study['totals']): Sentence {
  if (ledgerCloses === null) return words.lostUnknown;
  return ledger.missing > 0 ? fillEach(words.lost, { missing: ledger.missing }) : words.lostNone;
}
