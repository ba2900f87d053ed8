/** cachedb_local: the manual of the module, and hash.c. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Collection } from '../../../modules/cachedb_local/collection.ts';
import { collectionNames, groupsOf } from '../../../modules/cachedb_local/collections.ts';
import createModule from '../../../modules/cachedb_local/index.ts';
import type { ModuleHost } from '../../../runtime/module-exports.ts';
import { silent } from '../../runtime/loggers.ts';

function clock() {
  let time = 0;
  return {
    now: () => time,
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

describe('a collection', () => {
  test('a key with a time is there until it is over, one with 0 stays', () => {
    const time = clock();
    const keys = new Collection(time, 0, () => undefined);
    keys.store('short', 'a', 10);
    keys.store('long', 'b', 0);
    time.pass(9_999);
    assert.equal(keys.fetch('short'), 'a');
    time.pass(1);
    assert.equal(keys.fetch('short'), undefined);
    assert.equal(keys.fetch('long'), 'b');
    assert.equal(keys.size, 1);
  });

  test('cache_add keeps the time of a number that is there, and begins anew when it is over', () => {
    const time = clock();
    const keys = new Collection(time, 0, () => undefined);
    assert.equal(keys.add('n', 5, 10), 5);
    time.pass(6_000);
    assert.equal(keys.add('n', 1, 10), 6);
    time.pass(4_000);
    assert.equal(keys.add('n', 2, 10), 2);
  });

  test('numbers have 32 bits', () => {
    const keys = new Collection(clock(), 0, () => undefined);
    keys.add('n', 2147483647, 0);
    assert.equal(keys.add('n', 1, 0), -2147483648);
  });

  test('max_keys: a new key beyond is not kept, old ones go on; those whose time is over make room', () => {
    const time = clock();
    let full = 0;
    const keys = new Collection(time, 2, () => full++);
    assert.equal(keys.store('a', '1', 10), true);
    assert.equal(keys.store('b', '1', 0), true);
    assert.equal(keys.store('c', '1', 0), false);
    assert.equal(keys.add('d', 1, 0), undefined);
    assert.equal(keys.store('a', '2', 10), true);
    assert.equal(full, 2);
    time.pass(10_000);
    assert.equal(keys.store('c', '1', 0), true);
  });

  test('cleaning takes out what is over', () => {
    const time = clock();
    const keys = new Collection(time, 0, () => undefined);
    keys.store('a', '1', 1);
    keys.store('b', '1', 0);
    time.pass(1_000);
    keys.clean();
    assert.equal(keys.size, 1);
  });
});

const collections: readonly (readonly [lists: readonly string[], names: readonly string[]])[] = [
  [[], ['default']],
  [['one; two = 12;three/r=5'], ['default', 'one', 'two', 'three']],
  [
    ['one', 'two'],
    ['default', 'one', 'two'],
  ],
  [['default = 4'], ['default']],
];

for (const [lists, names] of collections) {
  test(`cache_collections ${JSON.stringify(lists)}`, () =>
    assert.deepEqual([...collectionNames(lists)], names));
}

const groups: readonly (readonly [url: string, group: string, collection: string])[] = [
  ['local://', '', 'default'],
  ['local:g://', 'g', 'default'],
  ['local:g:///one', 'g', 'one'],
  ['local://host/one', '', 'one'],
  ['local:g:///one?option', 'g', 'one'],
];

for (const [url, group, collection] of groups) {
  test(`cachedb_url ${url}`, () =>
    assert.equal(groupsOf([url], new Set(['default', 'one'])).get(group), collection));
}

for (const url of ['redis://', 'local', 'local:g:///nowhere']) {
  test(`cachedb_url ${url} is refused`, () => {
    assert.throws(() => groupsOf([url], new Set(['default'])), /bad cachedb_url|not defined/);
  });
}

const never = { cancel() {} };

test('exec_threshold: a call that takes longer is told, with what and which key', async () => {
  const told: string[] = [];
  const host: Partial<ModuleHost> = {
    params: { exec_threshold: 1, max_keys: 0 },
    log: { ...silent, warning: (_caller, message) => told.push(message) },
    timers: {
      now: () => slowNow(),
      after: () => never,
      deadline: () => never,
      every: () => never,
      coarse: () => never,
    },
  };
  const cache = createModule(host as ModuleHost).caches?.local?.('');
  await cache?.store('key', 'value', 1);
  assert.match(
    told[0] ?? '',
    /^threshold exceeded : cachedb_local insert took too long - \d+ us\. Source : key$/,
  );
});

/** A clock whose asking takes more than a microsecond for sure. */
function slowNow(): number {
  const until = process.hrtime.bigint() + 10_000n;
  while (process.hrtime.bigint() < until);
  return 0;
}
