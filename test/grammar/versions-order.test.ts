import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  compareVersions,
  describeLifetime,
  inRange,
  isKnownVersion,
  newestVersion,
  oldestVersion,
  readVersion,
  versions,
} from '../../grammar/versions/order.ts';

test('versions stand in order, oldest first', () => {
  assert.deepEqual([...versions].sort(compareVersions), versions);
  assert.equal(versions[0], oldestVersion);
  assert.equal(versions.at(-1), newestVersion);
});

test('versions compare by number, not by letter', () => {
  assert.ok(compareVersions('3.10', '3.9') > 0);
  assert.ok(compareVersions('2.4', '3.0') < 0);
  assert.equal(compareVersions('3.6', '3.6'), 0);
});

for (const [text, version] of [
  ['3.6', '3.6'],
  [' v3.6 ', '3.6'],
  ['3.6.8', '3.6'],
  ['4.0.0-rc1', '4.0'],
  ['4.0-dev', '4.0'],
  ['1.11', undefined],
  ['4.1', undefined],
  ['3', undefined],
  ['', undefined],
  ['three', undefined],
] as const) {
  test(`version text “${text}” is ${version ?? 'none that is known'}`, () => {
    assert.equal(readVersion(text), version);
    assert.equal(isKnownVersion(text), text === version);
  });
}

test('a range includes its bounds and is open where they are absent', () => {
  assert.deepEqual(
    versions.filter((version) => inRange(version, { since: '3.1', until: '3.3' })),
    ['3.1', '3.2', '3.3'],
  );
  assert.deepEqual(
    versions.filter((version) => inRange(version, { until: '2.2' })),
    ['2.1', '2.2'],
  );
  assert.deepEqual(
    versions.filter((version) => inRange(version, {})),
    versions,
  );
  assert.deepEqual(at([{ until: '2.4' }, { since: '3.1' }], '3.0'), undefined);
  assert.deepEqual(at([{ until: '2.4' }, { since: '3.0' }], '3.0'), { since: '3.0' });
});

for (const [words, ranges] of [
  ['in no version', []],
  ['in every version', [{}]],
  ['in every version', [{ until: '2.4' }, { since: '3.0' }]],
  ['up to 2.4', [{ until: '2.2' }, { since: '2.3', until: '2.4' }]],
  ['since 3.1', [{ since: '3.1' }]],
  ['only in 3.2', [{ since: '3.2', until: '3.2' }]],
  ['from 2.2 to 3.0', [{ since: '2.2', until: '3.0' }]],
  ['up to 2.1 and since 3.4', [{ until: '2.1' }, { since: '3.4' }]],
] as const) {
  test(`lifetime in words: ${words} (${ranges.length} ranges)`, () =>
    assert.equal(describeLifetime(ranges), words));
}
