import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlannedRequest } from '@escala/model';
import { RequestOrder, sentKind } from '../src/http/request-kinds.ts';

const kind = (name: string, weight: number): PlannedRequest => ({
  name,
  weight,
  method: 'GET',
  path: ['/'],
  headers: [],
  bodies: [],
  columns: [],
  expect: ['2xx'],
});

const orderOf = (weights: readonly number[], seed = '1', clients = 10) =>
  new RequestOrder(
    weights.map((weight, i) => kind(`k${i}`, weight)),
    clients,
    seed,
  );

test('after 10,000 requests each kind has its share within 1 % of its weight, whatever the seed', () => {
  for (const weights of [
    [9, 1],
    [1, 1, 1],
    [97, 2, 1],
    [1000, 13, 1],
    [7, 5, 3, 2],
  ]) {
    for (let seed = 0; seed < 20; seed++) {
      const order = orderOf(weights, String(seed));
      const counts = weights.map(() => 0);
      for (let place = 0; place < 10_000; place++) {
        const at = order.kindAt(place);
        counts[at] = (counts[at] ?? 0) + 1;
      }
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      for (const [i, weight] of weights.entries()) {
        const wanted = (10_000 * weight) / all;
        // One request more or less cannot be parted.
        assert.ok(Math.abs((counts[i] ?? 0) - wanted) <= Math.max(0.01 * wanted, 2), `${weights}: ${counts}`);
      }
    }
  }
});

test('each kind takes its turns one after the other, also where its order begins anew', () => {
  const order = orderOf([3, 2]);
  const turns = [0, 0];
  for (let place = 0; place < 200_000; place++) {
    const at = order.kindAt(place);
    assert.equal(order.turnAt(place), turns[at]);
    turns[at] = (turns[at] ?? 0) + 1;
  }
});

test('the seed alone decides the order, and another seed gives another one', () => {
  const first = (seed: string) =>
    Array.from({ length: 640 }, (_, place) => orderOf([1, 1], seed).kindAt(place)).join('');
  assert.equal(first('a'), first('a'));
  assert.notEqual(first('a'), first('b'));
});

test('messages of all clients fill the places without a gap', () => {
  const order = orderOf([1], '1', 3);
  const places = [1, 2, 3, 4].flatMap((message) =>
    [1, 2, 3].map((client) => order.placeOf(client, message, 'each client')),
  );
  assert.deepEqual(
    places,
    Array.from({ length: 12 }, (_, i) => i),
  );
  assert.equal(order.placeOf(3, 8, 'all'), 7);
});

test('a status counts as answered where it, or its class, is expected', () => {
  const { isAnswered } = sentKind('', ['201', '4xx']);
  assert.deepEqual(
    [200, 201, 202, 399, 400, 499, 500].map((status) => isAnswered[status]),
    [0, 1, 0, 0, 1, 1, 0],
  );
});
