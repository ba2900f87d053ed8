/** script_trace(): the manual of the core, and what 3.6.8 wrote (`[Script Trace][file:line][info][what] -> (text)`). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from './support.ts';

test('every statement is told before it runs, until script_trace() ends it', () => {
  const compiled = script(
    [
      'route {',
      'script_trace(2, "$rm $var(x)", "here");',
      '$var(x) = 1;',
      'if ($var(x) == 1) route(next);',
      '$var(x) += 1;',
      'switch ($var(x)) { case 2: xlog("two"); break; }',
      'while ($var(x) < 3) $var(x) += 1;',
      'script_trace();',
      '$var(x) = 9;',
      '}',
      'route[next] { xlog("next"); return; }',
    ].join('\n'),
  );
  assert.deepEqual(compiled.routes.problems, []);
  compiled.run();
  assert.deepEqual(compiled.lines, [
    '[Script Trace][test.cfg:3][here][assign equal] -> (OPTIONS <null>)',
    '[Script Trace][test.cfg:4][here][core if] -> (OPTIONS 1)',
    '[Script Trace][test.cfg:4][here][route next] -> (OPTIONS 1)',
    '[Script Trace][test.cfg:11][here][core xlog] -> (OPTIONS 1)',
    'next',
    '[Script Trace][test.cfg:11][here][core return] -> (OPTIONS 1)',
    '[Script Trace][test.cfg:5][here][assign plus-eq] -> (OPTIONS 1)',
    '[Script Trace][test.cfg:6][here][core switch] -> (OPTIONS 2)',
    '[Script Trace][test.cfg:6][here][core xlog] -> (OPTIONS 2)',
    'two',
    '[Script Trace][test.cfg:6][here][core break] -> (OPTIONS 2)',
    '[Script Trace][test.cfg:7][here][core while] -> (OPTIONS 2)',
    '[Script Trace][test.cfg:7][here][assign plus-eq] -> (OPTIONS 2)',
    '[Script Trace][test.cfg:8][here][module script_trace] -> (OPTIONS 3)',
  ]);
});

test('without an information there is none; the level is that of the log', () => {
  const compiled = script('route { script_trace(3, "x"); $var(x) = 1; script_trace(4, "y"); $var(x) = 2; }');
  compiled.run();
  assert.deepEqual(compiled.lines, [
    '[Script Trace][test.cfg:1][assign equal] -> (x)',
    '[Script Trace][test.cfg:1][module script_trace] -> (x)',
  ]);
});

test('what one message traces is nothing to the next', () => {
  const compiled = script(
    'route { if ($var(on)) xlog("no"); script_trace(2, "x"); } route[next] { xlog("quiet"); }',
  );
  compiled.run();
  compiled.lines.length = 0;
  compiled.run('next');
  assert.deepEqual(compiled.lines, ['quiet']);
});

for (const call of ['script_trace(2);', 'script_trace($var(level), "x");']) {
  test(`${call} keeps the host from starting`, () => {
    assert.equal(script(`route { ${call} }`).routes.problems.length, 1);
  });
}
