/** Time recurrences where tsips departs from OpenSIPS, and what the measured scripts do not ask. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTimeExpression } from '../../../modules/cfgutils/time-expression.ts';

const secondsAt = (time: string): number => Date.parse(time) / 1000;

describe('RFC 5545 §3.3.10: true and false', () => {
  for (const [rule, recurrence, inside, outside] of [
    [
      'an interval has all of its digits',
      'UTC|20240101T000000||P1D|daily||12',
      '2024-01-13T10:00:00Z',
      '2024-01-04T10:00:00Z',
    ],
    [
      'Wednesdays have numbers',
      'UTC|20240101T000000||P1D|monthly|||2WE',
      '2024-03-13T10:00:00Z',
      '2024-03-06T10:00:00Z',
    ],
    ['the 31st', 'UTC|20240101T000000||P1D|monthly||||31', '2024-03-31T10:00:00Z', '2024-03-01T10:00:00Z'],
    [
      'the last day of the year',
      'UTC|20240101T000000||P1D|yearly|||||-1',
      '2024-12-31T10:00:00Z',
      '2024-01-01T10:00:00Z',
    ],
    [
      'the last week of the year',
      'UTC|20240101T000000||P1W|yearly||||||-1',
      '2025-12-30T10:00:00Z',
      '2025-12-28T10:00:00Z',
    ],
    [
      'the last month',
      'UTC|20240101T000000||P31D|yearly|||||||-1',
      '2024-12-10T10:00:00Z',
      '2024-01-10T10:00:00Z',
    ],
    [
      'a start in the hour that summer time leaves out is the one behind it',
      'Europe/Vienna|20240331T023000||PT1H',
      '2024-03-31T01:45:00Z',
      '2024-03-31T02:31:00Z',
    ],
  ] as const) {
    test(rule, () => {
      const falls = readTimeExpression(recurrence);
      assert.deepEqual([falls(secondsAt(inside)), falls(secondsAt(outside))], [true, false]);
    });
  }
});

describe('what cannot be read', () => {
  for (const [text, message] of [
    ['Atlantis/Center|20240101T000000', /no time zone <Atlantis\/Center>/],
    ['UTC|20240101T000000||PT8H|weekly|||XX', /no day of the week <XX>/],
    ['UTC|20240101T000000||P8H', /no duration <P8H>/],
    ['UTC|20240101T000000||PT8H|monthly||||1-5', /no number <1-5>/],
    ['UTC|20240101T000000) & UTC|20240101T000000', /unexpected '\)'/],
    ['UTC|20240101T000000 UTC|20240101T000000', /unexpected 'U'/],
  ] as const) {
    test(text, () => assert.throws(() => readTimeExpression(text), message));
  }
});
