/** A run may wait anywhere and goes on in place, with its message, variables and stack of routes. */

import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { test } from 'node:test';
import { type ScriptOptions, script, type TestCommands } from './support.ts';

const nothing = { params: [], routes: '*' } as const;
const one = { params: ['i'], routes: '*' } as const;

/** `later(n)` answers n in a later turn of the event loop; `now(n)` answers n at once; `fails()` rejects. */
const commands: TestCommands = {
  later: {
    signature: one,
    command: (_run, value) => new Promise((resolve) => setImmediate(() => resolve(Number(value)))),
  },
  now: { signature: one, command: (_run, value) => Number(value) },
  fails: { signature: nothing, command: () => Promise.reject(new Error('broken wire')) },
  throws: {
    signature: nothing,
    command: () => {
      throw new Error('broken module');
    },
  },
};

/** `WAIT(n)` in a config is `later(n)` in one run of the test and `now(n)` in the other: both must end alike. */
async function bothWays(body: string, helpers = '', options: ScriptOptions = {}) {
  const outcomes = [];
  for (const name of ['now', 'later']) {
    const config = `route { ${body} } ${helpers}`.replaceAll('WAIT', name);
    const compiled = script(config, { commands, ...options });
    const answer = compiled.run();
    assert.equal(answer instanceof Promise, name === 'later', `with ${name}()`);
    outcomes.push({ answer: await answer, lines: compiled.lines });
  }
  const [atOnce, waited] = outcomes;
  assert.deepEqual(waited, atOnce);
  return atOnce?.lines;
}

const places: readonly (readonly [rule: string, body: string, lines: readonly string[], helpers?: string])[] =
  [
    ['as a statement', 'WAIT(7); xlog("$rc");', ['7']],
    ['between statements', 'xlog("a"); WAIT(1); xlog("b"); WAIT(2); xlog("c");', ['a', 'b', 'c']],
    ['as the condition of an if', 'if (WAIT(1)) xlog("yes|$rc"); else xlog("no");', ['yes|1']],
    ['as a false condition of an if', 'if (WAIT(-1)) xlog("yes"); else xlog("no|$rc");', ['no|-1']],
    ['behind a not', 'if (!WAIT(-1)) xlog("yes");', ['yes']],
    ['on the left of an and', 'if (WAIT(-1) && now(1)) xlog("yes"); else xlog("no");', ['no']],
    ['on the right of an and', 'if (now(1) && WAIT(1)) xlog("yes");', ['yes']],
    ['on the right of an or', 'if (now(-1) || WAIT(1)) xlog("yes");', ['yes']],
    ['not at all behind a true or', 'if (WAIT(1) || exits()) xlog("yes");', ['yes']],
    ['in the block of an if', 'if (1) { WAIT(3); xlog("in|$rc"); } xlog("out|$rc");', ['in|3', 'out|1']],
    ['in an else', 'if (0) xlog("no"); else WAIT(4); xlog("$rc");', ['4']],
    [
      'in the condition of a while',
      '$var(i) = 0; while ($var(i) < 3 && WAIT(1)) $var(i) += 1; xlog("$var(i)");',
      ['3'],
    ],
    [
      'in the body of a while',
      '$var(i) = 0; while ($var(i) < 3) { WAIT(1); $var(i) += 1; } xlog("$var(i)|$rc");',
      ['3|1'],
    ],
    [
      'before a break in a while',
      '$var(i) = 0; while (1) { $var(i) += 1; WAIT(1); if ($var(i) == 2) break; } xlog("$var(i)|$rc");',
      ['2|-5'],
    ],
    ['before max_while_loops', '$var(i) = 0; while (1) { WAIT(1); $var(i) += 1; } xlog("$var(i)");', ['20']],
    [
      'in a case',
      '$var(i) = 1; switch ($var(i)) { case 1: WAIT(1); xlog("one"); break; default: xlog("default"); } xlog("$rc");',
      ['one', '-5'],
    ],
    [
      'before falling into the next case',
      '$var(i) = 1; switch ($var(i)) { case 1: WAIT(1); case 2: xlog("two"); WAIT(2); default: xlog("default"); }',
      ['two', 'default'],
    ],
    [
      'in a default',
      '$var(i) = 9; switch ($var(i)) { case 1: break; default: WAIT(2); } xlog("$rc");',
      ['2'],
    ],
    [
      'in a for each',
      '$avp(l) = "a"; $avp(l) = "b"; for ($var(x) in $(avp(l)[*])) { WAIT(1); xlog("$var(x)"); } xlog("$rc");',
      ['b', 'a', '1'],
    ],
    [
      'before a break in a for each',
      '$avp(l) = "a"; $avp(l) = "b"; for ($var(x) in $(avp(l)[*])) { WAIT(1); xlog("$var(x)"); break; }',
      ['b'],
    ],
    ['as the value of an assignment', '$var(a) = WAIT(5); xlog("$var(a)|$rc");', ['5|1']],
    ['as a part of a sum', '$var(a) = 1 + WAIT(5) * 2; xlog("$var(a)");', ['12']],
    ['as an assignment in a condition', 'if ($var(a) = WAIT(5)) xlog("$var(a)");', ['5']],
    [
      'in a nested route',
      'route(outer, "p"); xlog("$rc");',
      ['p|route > route[outer]', '6'],
      'route[outer] { route(inner); xlog("$param(1)|$(route[*])"); return(6); } route[inner] { WAIT(1); }',
    ],
    [
      'in a nested route as a condition',
      'if (route(inner)) xlog("yes|$rc");',
      ['yes|4'],
      'route[inner] { WAIT(1); return(4); }',
    ],
    [
      'before a return with values',
      'route(inner); xlog("$rc|$return(0)");',
      ['2|x'],
      'route[inner] { WAIT(1); return(2, "x"); }',
    ],
    [
      'before a return inside a while',
      'route(inner); xlog("$rc");',
      ['8'],
      'route[inner] { while (1) { WAIT(1); return(8); } }',
    ],
    ['before an exit', 'route(inner); xlog("never");', [], 'route[inner] { WAIT(1); exit; }'],
    ['answering 0, which ends the script', 'WAIT(0); xlog("never");', []],
    ['answering 0 in a condition', 'if (WAIT(0)) xlog("never"); xlog("never");', []],
    ['answering 0 in an assignment', '$var(a) = WAIT(0); xlog("never");', []],
    ['in a block as a condition', 'if ({ WAIT(1); WAIT(2); }) xlog("$rc");', ['2']],
    ['in an assert', 'assert(WAIT(1), "x"); xlog("$rc");', ['1']],
    [
      'before the error_route',
      'assert(WAIT(-1), "x"); xlog("never");',
      ['failed|assertion failed'],
      'error_route { WAIT(1); xlog("failed|$err.info"); }',
    ],
  ];

for (const [rule, body, lines, helpers] of places) {
  test(`a function may wait ${rule}`, async () => {
    const options = {
      globals: { max_while_loops: 20, enable_asserts: 1 },
      commands: { ...commands, exits: { signature: nothing, command: () => 0 } },
    };
    assert.deepEqual(await bothWays(body, helpers, options), lines);
  });
}

test('100 messages wait interleaved in if, while, switch and a nested route, each with its own variables', async () => {
  const order: string[] = [];
  const waiting: (() => void)[] = [];
  const wait: TestCommands = {
    wait: {
      signature: nothing,
      command: (run) => {
        order.push(run.message.callId);
        return new Promise((resolve) => waiting.push(() => resolve(Number(run.message.callId) + 1)));
      },
    },
  };
  const compiled = script(
    `route {
      $var(id) = $ci; $avp(id) = $ci; $var(sum) = 0; $var(i) = 0;
      if (wait()) $var(sum) += $rc;
      while ($var(i) < 2) { wait(); $var(sum) += $rc; $var(i) += 1; }
      switch ($var(i)) { case 2: wait(); $var(sum) += $rc; break; default: $var(sum) = -1; }
      route(nested, $ci);
      xlog("$var(id)|$avp(id)|$ci|$var(sum)|$rc|$(route[*])");
    }
    route[nested] { $var(got) = wait(); $var(sum) += $var(got); if ($param(1) != $ci) $var(sum) = -1; return($var(got)); }`,
    { commands: wait },
  );
  const messages = Array.from({ length: 100 }, (_message, index) => index);
  const answers = messages.map((id) =>
    compiled.runWith(
      `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK${id}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: ${id}\r\nCSeq: 1 OPTIONS\r\n\r\n`,
    ),
  );
  assert.equal(order.length, 100, 'all runs began before any went on');
  let turn = 0;
  while (waiting.length > 0) {
    const now = waiting.splice(0);
    if (turn++ % 2 === 0) now.reverse();
    for (const resume of now) resume();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(answers);
  assert.deepEqual(
    [...compiled.lines].sort(),
    messages.map((id) => `${id}|${id}|${id}|${5 * (id + 1)}|${id + 1}|route`).sort(),
  );
  assert.equal(order.length, 500);
});

test('a run that does not wait answers at once and makes no promise', () => {
  const compiled = script(
    `route {
      $var(i) = 0;
      while ($var(i) < 10) { if (now(1) && $rm == "OPTIONS") $var(i) += 1; else exit; }
      switch ($var(i)) { case 10: route(nested, "x"); break; default: exit; }
      $avp(l) = "a"; for ($var(x) in $(avp(l)[*])) { $var(y) = $(ru{uri.user}{s.toupper}) + "-" + $var(x); }
      $var(z) = now(3) + $var(i) * 2;
      xlog("$var(y) $var(z) $hdr(To) $(ct{nameaddr.uri})");
    }
    route[nested] { if (!now(-1)) return(2); }`,
    { commands },
  );
  const run = compiled.newRun();
  let promises = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'PROMISE') promises++;
    },
  });
  hook.enable();
  const answer = compiled.routes.run('R', undefined, run);
  hook.disable();
  assert.equal(answer, 1);
  assert.equal(promises, 0);
  assert.deepEqual(compiled.lines, ['BOB-a 26 <sip:bob@b.example> <null>']);
});

for (const [rule, name, how] of [
  ['rejects', 'fails', 'broken wire'],
  ['throws', 'throws', 'broken module'],
] as const) {
  test(`a function that ${rule} ends the script, and is told in the log`, async () => {
    const compiled = script(`route { if (!${name}()) xlog("never"); xlog("never"); }`, { commands });
    const run = compiled.newRun();
    assert.equal(await compiled.routes.run('R', undefined, run), 0);
    assert.equal(run.failed, true);
    assert.deepEqual(compiled.lines, []);
    assert.match(
      compiled.complaints.join(),
      new RegExp(`COMMAND_FAILED: ${name}\\(\\) of test failed at test\\.cfg:1: ${how}`),
    );
  });
}
