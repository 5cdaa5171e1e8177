import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headlineLaw, lawSentences, lawSubject, type Regime } from '@escala/model';
import { lawsOf } from '../src/study/laws.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

const replicas = [1, 2, 4, 6, 8];

/** Amdahl with α = 0.1 at one or two numbers of clients, and nearly no noise. */
function study(clients: readonly number[]) {
  const cells = replicas.flatMap((count) =>
    clients.map((of) => simulatedCell({ replicas: count, clients: of, messages: 100 })),
  );
  const truth = ({ replicas: n }: { replicas: number }) => (1_000 * n) / (1 + 0.1 * (n - 1));
  return analyseKnownStudy({ seed: 'laws', cells, rounds: 3, noise: 0.01, truth });
}

test('at one number of clients there is a law at these clients, and saturation is not known', () => {
  const { laws } = study([64]);
  const law = headlineLaw(laws);
  assert.ok(law);
  assert.deepEqual([law.held, law.fit?.chosen], [{ what: 'clients', value: 64 }, 'amdahl']);
  assert.equal(lawSubject(law, 'en'), 'replicas, at 64 clients');
  assert.match(
    lawSentences(law, 'en').join(' '),
    /^Amdahl: α = 0\.\d+ .* from 1 to 8 replicas throughput grew/,
  );
  const saturation = laws.find(({ held }) => held.what === 'saturation');
  assert.equal(saturation?.problem, 'laws.one-number-of-clients');
  assert.match(
    lawSentences(saturation, 'pt-BR').join(' '),
    /^Um só número de clientes não pode mostrar saturação/,
  );
});

test('what throughput cannot pass at these clients is said beside the law', () => {
  const law = headlineLaw(study([64]).laws);
  assert.ok(law);
  const said = (bound: number | null) => lawSentences({ ...law, bound }, 'en').join(' ');
  assert.match(said(6_400), /With 64 clients throughput cannot pass 6,400\/s, clients \/ base latency/);
  assert.doesNotMatch(said(null), /cannot pass/);
});

test('a law never hides a level that is not in it: the growth to it stands beside, with the reason', () => {
  const { cells, trials } = study([32, 64]);
  for (const [regime, why, whyInPortuguese] of [
    ['transition', 'more clients still gave more', 'mais clientes ainda davam mais'],
    ['machine-limited', 'the machine was full', 'a máquina estava cheia'],
    ['client-limited', 'limited by its clients', 'limitada pelos clientes'],
  ] as const) {
    const marked = cells.map((cell) => ({
      ...cell,
      regime: (cell.cell.replicas === 8 ? regime : 'saturated') as Regime,
    }));
    const law = headlineLaw(lawsOf(marked, trials));
    assert.ok(law);
    assert.equal(law.held.what, 'saturation');
    assert.deepEqual([law.fit?.growth?.nMax, law.leftOut?.map(({ n }) => n)], [6, [8]]);
    assert.match(
      lawSentences(law, 'en', true).join(' '),
      new RegExp(
        `from 1 to 6 replicas .* 8 replicas are not in it: 4\\.[67]\\d? times, where 8 is ideal \\(.*${why}\\)`,
      ),
    );
    assert.match(
      lawSentences(law, 'pt-BR', true).join(' '),
      new RegExp(`8 réplicas não estão nela: .*${whyInPortuguese}`),
    );
  }
});

test('where too few levels are left, the reason is what kept all the others out', () => {
  const { cells, trials } = study([32, 64]);
  for (const [regime, problem] of [
    ['client-limited', 'laws.levels-client-limited'],
    ['machine-limited', 'laws.levels-machine-limited'],
    ['transition', 'laws.not-saturated'],
    ['unknown', 'laws.saturation-unknown'],
  ] as const) {
    const marked = cells.map((cell) => ({
      ...cell,
      regime: (cell.cell.replicas <= 2 ? 'saturated' : regime) as Regime,
    }));
    const law = lawsOf(marked, trials).find(({ held }) => held.what === 'saturation');
    assert.deepEqual([law?.fit, law?.problem], [null, problem]);
  }
});

test('where several things kept levels out, no single one is blamed', () => {
  const { cells, trials } = study([32, 64]);
  const regimeAt: Readonly<Record<number, Regime>> = { 4: 'client-limited', 6: 'machine-limited' };
  const marked = cells.map((cell) => ({ ...cell, regime: regimeAt[cell.cell.replicas] ?? 'transition' }));
  for (const { over, fit, problem } of lawsOf(marked, trials))
    if (over === 'replicas' && !fit) assert.equal(problem, 'laws.levels-mixed');
});

test('where trials are INVALID, no machine and no client is blamed, whatever they were near', () => {
  const { cells, trials } = study([32, 64]);
  const failing = cells.map((cell) => ({
    ...cell,
    verdict: 'INVALID' as const,
    throughput: null,
    regime: 'machine-limited' as const,
  }));
  const invalid = trials.map((trial) => ({ ...trial, verdict: 'INVALID' as const }));
  const laws = lawsOf(failing, invalid);
  assert.ok(laws.length > 0);
  for (const { problem } of laws) assert.equal(problem, 'laws.levels-invalid');
});
