/** What cannot run is told once when the script is compiled, and fails at its place when it is reached. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from './support.ts';

const problems: readonly (readonly [
  rule: string,
  body: string,
  problem: RegExp,
  lines: readonly string[],
])[] = [
  [
    'a function that nobody has',
    'nosuch("a"); xlog("on|$rc");',
    /^nothing here has the function nosuch\(\)$/,
    ['on|-1'],
  ],
  [
    'a function that nobody has, as a condition',
    'if (nosuch()) xlog("yes"); else xlog("no");',
    /nosuch/,
    ['no'],
  ],
  [
    'a variable that nobody has',
    'xlog("<$nosuch>");',
    /^nothing here has the variable \$nosuch$/,
    ['<<null>>'],
  ],
  [
    'a transformation that nobody has',
    'xlog("<$(rm{s.nosuch})>");',
    /^nothing here has the transformation \{s\.nosuch\}$/,
    ['<<null>>'],
  ],
  ['a regular expression', 'if ($rm =~ "[") xlog("yes"); else xlog("no");', /^bad re "\["/, ['no']],
  ['a substitution', 'xlog("<$(rm{re.subst,/[/x/})>");', /Unmatched \[/, ['<<null>>']],
  ['a level of xlog', 'xlog("L_XYZ", "text"); xlog("on|$rc");', /unknown log level "L_XYZ"/, ['on|-1']],
  ['a route', 'route(nosuch); xlog("on|$rc");', /route \[nosuch\] is not defined/, ['on|-5']],
];

for (const [rule, body, problem, lines] of problems) {
  test(`${rule}: one problem with its exact place, and a script that goes on`, () => {
    const config = `route { ${body} }`;
    const compiled = script(config);
    assert.equal(compiled.routes.problems.length, 1);
    const [found] = compiled.routes.problems;
    assert.match(found?.message ?? '', problem);
    assert.equal(found?.severity, 'error');
    assert.ok(config.slice(found?.span.start, found?.span.end).length > 0);
    compiled.run();
    assert.deepEqual(compiled.lines, lines);
  });
}

test('more than 32 flags with names are a problem', () => {
  const flags = Array.from({ length: 33 }, (_flag, index) => `setflag("f${index}");`).join(' ');
  assert.match(
    script(`route { ${flags} }`).routes.problems[0]?.message ?? '',
    /more than 32 flags have names/,
  );
});

test('a variable of a module that throws ends the run, and is told with its code', () => {
  const compiled = script('route { $var(x) = $bad; xlog("never"); }', {
    environment: {
      variables: new Map([
        [
          'bad',
          {
            facts: { description: 'throws' },
            behaviour: {
              get: () => {
                throw new Error('no value today');
              },
            },
          },
        ],
      ]),
    },
  });
  const run = compiled.newRun();
  assert.equal(compiled.routes.run('R', undefined, run), -5);
  assert.equal(run.failed, true);
  assert.match(compiled.complaints[0] ?? '', /SCRIPT_FAILED: Error: no value today/);
});
