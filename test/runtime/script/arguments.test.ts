/** What functions are handed, by the kind of each argument (mod_fix.c). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArgumentKind, PreparedArgument, ScriptValue } from '../../../runtime/module-exports.ts';
import { script } from './support.ts';

interface Handed {
  readonly constant: ScriptValue | undefined;
  readonly given: boolean;
  readonly value: ScriptValue;
}

/** The one argument of f(), as a module sees it. */
function handed(kind: ArgumentKind, written: string, before = ''): { argument: Handed; problems: string[] } {
  const seen: Handed[] = [];
  const prepare =
    ([argument]: readonly PreparedArgument[]) =>
    (run: Parameters<PreparedArgument['evaluate']>[0]) => {
      if (argument)
        seen.push({ constant: argument.constant, given: argument.given, value: argument.evaluate(run) });
    };
  const compiled = script(`route { ${before} f(${written}); }`, {
    commands: { f: { signature: { params: [kind], routes: '*' }, command: { prepare } } },
  });
  compiled.run();
  const [argument] = seen;
  assert.ok(argument);
  return { argument, problems: compiled.routes.problems.map(({ message }) => message) };
}

const constants: readonly (readonly [kind: ArgumentKind, written: string, value: ScriptValue])[] = [
  ['i', '200', 200],
  ['i', '"200"', 200],
  ['i', '"-5"', -5],
  ['i', '-5', -5],
  ['i', '0x10', 16],
  ['s', '"text"', 'text'],
  ['s', '5', '5'],
  ['s', '"two $$"', 'two $'],
  ['s!', '"two $rm"', 'two $rm'],
  ['r', '"^a$"', '^a$'],
];

for (const [kind, written, value] of constants) {
  test(`kind ${kind}: ${written} is the constant ${JSON.stringify(value)}`, () => {
    const { argument, problems } = handed(kind, written);
    assert.deepEqual(problems, []);
    assert.equal(argument.given, true);
    assert.equal(argument.value, value);
    if (written !== '"two $$"') assert.equal(argument.constant, value);
  });
}

const dynamic: readonly (readonly [
  kind: ArgumentKind,
  written: string,
  before: string,
  value: ScriptValue,
])[] = [
  ['i', '$var(x)', '$var(x) = 7;', 7],
  ['i', '$var(x)', '$var(x) = "7";', 7],
  ['i', '$var(x)', '$var(x) = "seven";', null],
  ['i', '"1$var(x)"', '$var(x) = 7;', 17],
  ['s', '$var(x)', '$var(x) = 7;', '7'],
  ['s', '$var(x)', '$var(x) = NULL;', null],
  ['s', '"<$var(x)>"', '$var(x) = NULL;', '<<null>>'],
  ['s', '"$var(x)"', '$var(x) = NULL;', '<null>'],
  ['v', '$var(x)', '$var(x) = 7;', 7],
  ['v', '"$var(x)"', '$var(x) = 7;', 7],
  ['r', '$var(x)', '$var(x) = "^b";', '^b'],
];

for (const [kind, written, before, value] of dynamic) {
  test(`kind ${kind}: ${written} after ${before} is ${JSON.stringify(value)}`, () => {
    const { argument, problems } = handed(kind, written, before);
    assert.deepEqual(problems, []);
    assert.deepEqual(argument, { constant: undefined, given: true, value });
  });
}

const misfits: readonly (readonly [kind: ArgumentKind, written: string, problem: RegExp])[] = [
  ['i', '"seven"', /an integer is expected here/],
  ['v', '"text"', /a variable is expected here/],
  ['v', '5', /a variable is expected here/],
  ['r', '"("', /bad re "\("/],
];

for (const [kind, written, problem] of misfits) {
  test(`kind ${kind}: ${written} is a problem`, () => {
    assert.match(handed(kind, written).problems.join(), problem);
  });
}

test('an optional argument may be left out at the end, or be empty', () => {
  const seen: (readonly [boolean, ScriptValue][])[] = [];
  const compiled = script('route { f("a"); f("a", , "c"); }', {
    commands: {
      f: {
        signature: { params: ['s', 's?', 's?'], routes: '*' },
        command: {
          prepare: (args) => (run) => {
            seen.push(
              args
                .map((argument) => [argument.given, argument.evaluate(run)] as const)
                .map(([a, b]) => [a, b]),
            );
          },
        },
      },
    },
  });
  compiled.run();
  assert.deepEqual(seen, [
    [
      [true, 'a'],
      [false, null],
      [false, null],
    ],
    [
      [true, 'a'],
      [false, null],
      [true, 'c'],
    ],
  ]);
});

test('a plain function is handed the values that were written, and is not called where one has none', () => {
  const seen: ScriptValue[][] = [];
  const compiled = script('route { f("a", 1); f("a"); f("a", $var(x)); xlog("$rc"); }', {
    commands: {
      f: {
        signature: { params: ['s', 'i?'], routes: '*' },
        command: (_run, ...args) => {
          seen.push(args);
        },
      },
    },
  });
  compiled.run();
  assert.deepEqual(seen, [['a', 1], ['a']]);
  assert.deepEqual(compiled.lines, ['-1']);
});

const answers: readonly (readonly [answer: number | boolean | undefined, code: string])[] = [
  [true, '1'],
  [false, '-1'],
  [undefined, '1'],
  [7, '7'],
  [-3, '-3'],
  [2.9, '2'],
  [Number.NaN, '-1'],
];

for (const [answer, code] of answers) {
  test(`a function that answers ${answer} leaves ${code} in $rc`, () => {
    const compiled = script('route { f(); xlog("$rc"); }', {
      commands: { f: { signature: { params: [], routes: '*' }, command: () => answer } },
    });
    compiled.run();
    assert.deepEqual(compiled.lines, [code]);
  });
}

test('of functions with one name the first whose arguments fit is called', () => {
  const called: string[] = [];
  const entry = (module: string, count: number) => ({
    module,
    signature: { params: Array.from({ length: count }, (): ArgumentKind => 'i'), routes: '*' as const },
    command: () => {
      called.push(module);
    },
  });
  const compiled = script('route { f(1); f(1, 2); f(); }', {
    environment: { commands: new Map([['f', [entry('one', 1), entry('two', 2)]]]) },
  });
  compiled.run();
  assert.deepEqual(called.slice(0, 2), ['one', 'two']);
});
