// What the figures over replicas show: throughput, laws, processors.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { LimitName } from '@escala/model';
import { figures } from '../src/figures/catalogue.ts';
import { drawn } from './drawn.ts';
import { plantedResults } from './planted/planted-results.ts';
import { changedResults, smallStudy } from './temporary-run.ts';

const small = () => plantedResults(smallStudy);

test('laws: ideal, law with band, client-limited cells and those that more clients would raise are told apart', () => {
  const results = changedResults((changed) => {
    for (const cell of changed.cells) {
      if (cell.cell.clients === 100 && cell.cell.replicas === 4) cell.limit = { what: 'clients', values: {} };
      if (cell.cell.clients === 100 && cell.cell.replicas === 2) cell.regime = 'client-limited';
    }
  });
  const { words } = drawn('laws-replicas', results);
  for (const entry of [
    'trial in the fit',
    'ideal',
    'fitted law, 95 % band',
    'more clients would give more',
    'limited by its clients',
  ]) {
    assert.ok(words.includes(entry), entry);
  }
  assert.ok(
    !drawn('laws-replicas', small()).words.includes('limited by its clients'),
    'only where there are any',
  );
});

test('throughput: more clients would give more only where clients are the limit', () => {
  const limitedBy = (what: LimitName) =>
    changedResults((changed) => {
      for (const cell of changed.cells)
        Object.assign(cell, { regime: 'transition', limit: { what, values: {} } });
    });
  for (const name of ['throughput-replicas', 'laws-replicas']) {
    assert.match(drawn(name, limitedBy('clients')).words, /more clients would give more/, name);
    for (const what of ['machine', 'pods', 'processor'] as const) {
      const { words } = drawn(name, limitedBy(what));
      assert.doesNotMatch(words, /more clients/, name);
      assert.match(words, /processors full/, name);
    }
    assert.doesNotMatch(drawn(name, limitedBy('shared')).words, /more clients|processors full/, name);
  }
});

test('throughput: all systems stand in one panel, with bars, ideal and four entries at most', () => {
  const systems = ['node', 'go', 'python'];
  const three = drawn('throughput-replicas', plantedResults({ ...smallStudy, systems }));
  assert.match(three.words, /^nodegopythonideal/);
  assert.match(three.caption, /100 messages per client; .*Only in the table: node, 1 message per client; go/);
  assert.equal(three.table.rows.length, systems.length * 2 * 3, 'the table has what is not drawn');
  const many = Array.from({ length: 12 }, (_, i) => `system${i}`);
  const twelve = drawn('throughput-replicas', plantedResults({ ...smallStudy, systems: many }));
  assert.equal(twelve.words.match(/system\d/g)?.length, 4);
  assert.match(twelve.caption, /Only in the table: .* and \d+ more/);
});

test('throughput: one system has a line for each number of messages', () => {
  const { words, reading } = drawn('throughput-replicas', small());
  assert.match(words, /^1 message per client100 messages per clientideal/);
  assert.match(reading, /1 message per client: from 1 to 4 .* 100 messages per client: from 1 to 4/);
  const lone = plantedResults({ ...smallStudy, replicas: [2], messages: [100] });
  assert.match(
    drawn('throughput-replicas', lone).reading,
    /^100 messages per client, 2 replicas: [\d,]+ requests\/s\.$/,
  );
});

test('processors: who keeps them busy over replicas, and what is full', () => {
  const full = changedResults((changed) => {
    for (const cell of changed.cells) {
      cell.limit = { what: 'machine', values: { servers: cell.cell.replicas, cores: 2 } };
      cell.processors = { cores: 2, servers: 1.5, agents: 0.31, others: 0.12 };
    }
  });
  const { words, caption, reading, table } = drawn('processors', full);
  assert.match(words, /serversload generators and labother programsall processors/);
  assert.match(
    caption,
    /The limit of 100 messages per client, 4 replicas: the processors are full \(4 servers on 2 processors\)\./,
  );
  assert.match(reading, /4 replicas: of 2 processors the servers keep 1\.50 busy, .* 0\.31, others 0\.12/);
  assert.deepEqual(table.rows[0]?.slice(-4), [2, 1.5, 0.31, 0.12]);
  const unknown = changedResults((changed) => {
    for (const cell of changed.cells) cell.processors = null;
  });
  assert.equal(figures.find(({ name }) => name === 'processors')?.of(unknown), null);
});

test('laws: a peak is marked only where it lies inside the data', () => {
  const withPeak = (status: 'inside' | 'extrapolated') =>
    drawn(
      'laws-replicas',
      changedResults((changed) => {
        for (const { fit } of changed.laws) if (fit) fit.peak = { ...fit.peak, n: 3, x: 3000, status };
      }),
    ).words;
  assert.ok(withPeak('inside').includes('peak'));
  assert.ok(!withPeak('extrapolated').includes('peak'));
});
