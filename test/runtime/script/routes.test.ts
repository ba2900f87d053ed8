/** Kinds of routes, what leaves them, and what is told to those who start them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from './support.ts';

const kinds = [
  ['R', 'route', ''],
  ['O', 'onreply_route', ''],
  ['E', 'error_route', ''],
  ['L', 'local_route', ''],
  ['S', 'startup_route', ''],
  ['F', 'failure_route[f]', 'f'],
  ['B', 'branch_route[b]', 'b'],
  ['T', 'timer_route[t, 5]', 't'],
  ['V', 'event_route[E_CORE_LOG]', 'E_CORE_LOG'],
] as const;

for (const [letter, keyword, name] of kinds) {
  test(`${keyword} runs under its letter, and return, exit and drop work there`, () => {
    const compiled = script(`${keyword} {
      $var(n) = $var(n) + 1; route(minus); xlog("$rc|$route.type");
      if ($avp(how) == "drop") drop; if ($avp(how) == "exit") exit; if ($avp(how) == "return") return(5); xlog("end");
    } route[minus] { return(-1); }`);
    const run = (how: string) => {
      const one = compiled.newRun(letter);
      one.avps.set('how', [how]);
      const answer = compiled.routes.run(letter, name || undefined, one);
      return { answer, dropped: one.dropped };
    };
    assert.equal(compiled.routes.has(letter, name || undefined), true);
    assert.deepEqual(run('return'), { answer: 5, dropped: false });
    assert.deepEqual(run('exit'), { answer: 0, dropped: false });
    assert.deepEqual(run('drop'), { answer: -5, dropped: true });
    assert.deepEqual(run('no'), { answer: 1, dropped: false });
    assert.deepEqual(compiled.lines.at(-1), 'end');
  });
}

test('route[0] is the main route', () => {
  const compiled = script('route[0] { xlog("main"); }');
  compiled.run();
  assert.deepEqual(compiled.lines, ['main']);
});

test('the first of two routes with one name runs', () => {
  const compiled = script('route { route(a); } route[a] { xlog("first"); } route[a] { xlog("second"); }');
  compiled.run();
  assert.deepEqual(compiled.lines, ['first']);
});

test('a route that is not there answers -5', () => {
  assert.equal(script('route { exit; }').run('nowhere'), -5);
});

test('a call of a route that is not there is a problem, and an error in the log', () => {
  const compiled = script('route { route(nowhere); xlog("$rc"); }');
  compiled.run();
  assert.match(compiled.routes.problems[0]?.message ?? '', /route \[nowhere\] is not defined/);
  assert.match(compiled.complaints[0] ?? '', /ALERT:do_action: unknown route\(nowhere\) at test\.cfg:1/);
  assert.deepEqual(compiled.lines, ['-5']);
});

test('a route by a variable name is looked for at each call', () => {
  const compiled = script(
    'route { $var(r) = "a"; route($var(r)); $var(r) = "b"; route($var(r)); } route[a] { xlog("a"); } route[b] { xlog("b"); }',
  );
  compiled.run();
  assert.deepEqual(compiled.lines, ['a', 'b']);
});

test('routes call each other a hundred deep at most, and the log says where it ended', () => {
  const compiled = script(
    'route { route(a); xlog("$var(n)|$(route[*]{s.len})"); } route[a] { $var(n) = $var(n) + 1; $avp(n) = 1; route(a); }',
  );
  compiled.run();
  assert.match(
    compiled.complaints.at(-1) ?? '',
    /route recursion limit reached, giving up! \(nested routes: 101, first: 'a', last: 'a'\)/,
  );
});

test('a new run has no variables, no AVPs and code 1', () => {
  const compiled = script(
    'route { xlog("$var(a)|$avp(a)|$rc"); $var(a) = 1; $avp(a) = 1; route(minus); } route[minus] { return(-1); }',
  );
  compiled.run();
  compiled.run();
  assert.deepEqual(compiled.lines, ['<null>|<null>|1', '<null>|<null>|1']);
});

test('a failed assert runs the error_route with its facts, and ends the script', () => {
  const compiled = script(
    'route { assert($rm == "ACK", "only ACK"); xlog("never"); } error_route { xlog("$err.class|$err.level|$err.info|$err.rcode|$err.rreason|$route"); }',
    { globals: { enable_asserts: 1 } },
  );
  assert.equal(compiled.run(), 0);
  assert.deepEqual(compiled.lines, ['4|1|assertion failed|500|server error|error_route']);
  assert.match(
    compiled.complaints[0] ?? '',
    /CRITICAL:do_action: ASSERTION FAILED \(only ACK\) at test\.cfg:1/,
  );
});

test('max_while_loops ends a loop with an error in the log', () => {
  const compiled = script('route { while (1) $var(n) = 1; xlog("on"); }', {
    globals: { max_while_loops: 7 },
  });
  compiled.run();
  assert.deepEqual(compiled.lines, ['on']);
  assert.match(compiled.complaints[0] ?? '', /max while loops reached \(7\)/);
});

test('a for each whose body adds values ends', () => {
  const compiled = script(
    'route { $avp(l) = 1; for ($var(x) in $(avp(l)[*])) { $avp(l) = 2; } xlog("on"); }',
    {
      globals: { max_while_loops: 7 },
    },
  );
  compiled.run();
  assert.deepEqual(compiled.lines, ['on']);
});

test('$cfg_line and $cfg_file tell the place in the config', () => {
  const compiled = script('route {\n\n  xlog("$cfg_file:$cfg_line");\n}');
  compiled.run();
  assert.deepEqual(compiled.lines, ['test.cfg:3']);
});
