/** What goes wrong while a script runs: where it is told, how often, and how a run that goes on for ever ends. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timers } from '../../../runtime/module-exports.ts';
import { createOwnRuns } from '../../../runtime/own-runs.ts';
import { recorder } from '../loggers.ts';
import { script } from './support.ts';

/** A clock that the test moves; `step` is added each time that it is asked. */
function clock(step = 0) {
  let time = 0;
  const never = { cancel() {} };
  const timers: Timers = {
    now() {
      time += step;
      return time;
    },
    after: () => never,
    deadline: () => never,
    every: () => never,
    coarse: () => never,
  };
  return {
    timers,
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

const kinds: readonly (readonly [statement: string, line: RegExp])[] = [
  ['$var(x) = 5 / 0;', /^ERROR:eval_elem: divide by 0 at test\.cfg:3 \(/],
  ['$rm = "x";', /^ERROR:do_assign: read only PV in left expression: \$rm at test\.cfg:3 \(/],
  ['$ru_q = "x";', /^ERROR:do_assign: setting PV failed: int value required.* at test\.cfg:3 \(/],
  ['append_msg_branch($var(none));', /^ERROR:w_append_msg_branch: appending an empty URI at test\.cfg:3 \(/],
  ['fails();', /^ERROR:do_action: COMMAND_FAILED: fails\(\) of test failed at test\.cfg:3: lost \(/],
  ['$var(n) = "nowhere"; route($var(n));', /^ALERT:do_action: unknown route\(nowhere\) at test\.cfg:3 \(/],
  ['$var(x) = $bad;', /^ERROR:run_top_route: SCRIPT_FAILED: .* at test\.cfg:3 \(/s],
  ['if ($rm == 5) xlog("x");', /^WARNING:comp_scriptvar: invalid == operation.* at test\.cfg:3 \(/],
];

for (const [statement, line] of kinds) {
  test(`${statement} is told with file, line, routes and message`, () => {
    const compiled = script(`route { route(next); }\nroute[next] {\n${statement}\n}`, {
      commands: {
        fails: {
          signature: { params: [], routes: '*' },
          command: () => {
            throw new Error('lost');
          },
        },
      },
      environment: {
        variables: new Map([
          [
            'bad',
            {
              facts: { description: 'throws' },
              behaviour: {
                get: () => {
                  throw new Error('no value');
                },
              },
            },
          ],
        ]),
      },
    });
    compiled.run();
    assert.match(compiled.complaints[0] ?? '', line);
    assert.match(compiled.complaints[0] ?? '', /\(route > next, OPTIONS, Call-ID 1\)$/);
  });
}

test('a mistake comes once a place and minute, with how many were left out', () => {
  const { timers, pass } = clock();
  const compiled = script('route {\n$rm = "x";\n$rm = "y";\n}', { environment: { timers } });
  for (let runs = 0; runs < 5; runs++) compiled.run();
  assert.equal(compiled.complaints.length, 2);
  pass(60_000);
  compiled.run();
  assert.equal(compiled.complaints.length, 4);
  assert.match(compiled.complaints[2] ?? '', /at test\.cfg:2 .*; 4 more since it was told last\)$/);
});

test('what a client wrote is cut, and makes no line of its own', () => {
  const compiled = script('route { $rm = "x"; }');
  compiled.runWith(
    [
      'OPTIONS sip:bob@example.com SIP/2.0',
      'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1',
      'From: <sip:a@x>;tag=1',
      'To: <sip:b@x>',
      `Call-ID: ${'c'.repeat(200)}`,
      'CSeq: 1 OPTIONS',
      '',
      '',
    ].join('\r\n'),
  );
  assert.match(compiled.complaints[0] ?? '', /Call-ID c{80}…\)$/);
});

test('a route without a message tells none', () => {
  const compiled = script('timer_route[t, 5] { $rm = "x"; }');
  compiled.run('t', 'T');
  assert.match(compiled.complaints[0] ?? '', /at test\.cfg:1 \(timer_route\[t\]\)$/);
});

test('max_script_time: a script that works longer ends, failed, and its place is told', () => {
  const { timers } = clock(1);
  const compiled = script('route {\nwhile (1) {\n$var(x) = 1;\n}\nxlog("never");\n}', {
    globals: { max_script_time: 50, max_while_loops: 1_000_000 },
    environment: { timers },
  });
  const run = compiled.newRun();
  compiled.routes.run('R', undefined, run);
  assert.equal(run.failed, true);
  assert.deepEqual(compiled.lines, []);
  assert.match(
    compiled.complaints[0] ?? '',
    /the script has worked on a message for more than 50 ms \(max_script_time\) at test\.cfg:[23] \(route, OPTIONS, Call-ID 1\)$/,
  );
});

test('max_script_time 0: no limit', () => {
  const { timers } = clock(1_000);
  const compiled = script('route { while ($var(i) < 500) $var(i) = $var(i) + 1; xlog("done"); }', {
    globals: { max_script_time: 0, max_while_loops: 1000 },
    environment: { timers },
  });
  compiled.run();
  assert.deepEqual(compiled.lines, ['done']);
});

test('max_script_time: time that a run waits does not count', async () => {
  const { timers, pass } = clock();
  const compiled = script(
    'route { while ($var(i) < 300) { waits(); $var(i) = $var(i) + 1; } xlog("done"); }',
    {
      globals: { max_script_time: 50, max_while_loops: 1000 },
      environment: { timers },
      commands: {
        waits: {
          signature: { params: [], routes: '*' },
          command: async () => {
            pass(1_000);
            return 1;
          },
        },
      },
    },
  );
  await compiled.run();
  assert.deepEqual(compiled.lines, ['done']);
});

test('max_route_depth: routes call each other so deep at most', () => {
  const compiled = script('route { route(a); } route[a] { $avp(n) = 1; route(a); }', {
    globals: { max_route_depth: 7 },
  });
  compiled.run();
  assert.match(
    compiled.complaints[0] ?? '',
    /route recursion limit reached.*nested routes: 8.* at test\.cfg:1/,
  );
});

for (const mayOverlap of [false, true]) {
  test(`timer_route_overlap=${mayOverlap ? 'yes' : 'no'}: a turn that comes while one runs ${mayOverlap ? 'begins' : 'is left out'}`, () => {
    let turn: () => void = () => undefined;
    const timers: Timers = {
      ...clock().timers,
      every(_milliseconds, call) {
        turn = call;
        return { cancel() {} };
      },
    };
    let begun = 0;
    const compiled = script('timer_route[t, 1] { waits(); }', {
      commands: {
        waits: {
          signature: { params: [], routes: '*' },
          command: () => {
            begun++;
            return new Promise<number>(() => undefined);
          },
        },
      },
    });
    const told: string[] = [];
    createOwnRuns(compiled.routes, timers, recorder(told), { mayOverlap }).startTimers([
      { name: 't', seconds: 1 },
    ]);
    turn();
    turn();
    assert.equal(begun, mayOverlap ? 2 : 1);
    assert.deepEqual(
      told,
      mayOverlap ? [] : ['WARNING:run_timer: timer_route[t] still runs: this turn is left out'],
    );
  });
}
