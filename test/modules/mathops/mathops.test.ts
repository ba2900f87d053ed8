import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../modules/mathops/evaluate.ts';
import { measuredScripts } from '../measured-scripts.ts';

measuredScripts('mathops', {
  'reverse Polish notation': {
    lines: [
      '1 3.000000',
      '1 2.000000',
      '1 6.000000',
      '1 0.250000',
      '1 1.000000',
      '1 1024.000000',
      '1 -3.000000',
      '1 2.718282',
      '1 1.000000',
      '1 3.000000',
      '1 3.000000',
      '1 4.000000',
      '1 3.000000',
      '1 -2.000000',
      '1 2.000000',
      '1 3.000000',
      '1 -3.000000',
      '1 2.000000',
      '1 4.000000',
      '1 -2.000000',
      '1 3.141593',
      '1 3.000000',
      '1 4.000000',
      '1 1.000000',
    ],
    reason: 'log10 works, as the manual says; OpenSIPS knows it as log alone',
  },
});

test('an expression of a message may be long, and deep up to a limit', () => {
  assert.equal(evaluate(`1${'+1'.repeat(20_000)}`), 20_001);
  assert.equal(evaluate(`${'('.repeat(99)}1${')'.repeat(99)}`), 1);
  assert.equal(evaluate('('.repeat(50_000)), undefined);
  assert.equal(evaluate('abs '.repeat(50_000)), undefined);
});
