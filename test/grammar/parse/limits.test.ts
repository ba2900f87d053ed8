import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from '../../../grammar/parse/parse.ts';
import { print } from '../../../grammar/print/print.ts';
import { walk } from '../../../grammar/walk.ts';

const parse = createParser();

test('chevrotain finds no fault in the grammar', () => {
  createParser({ validate: true });
});

const deep: readonly (readonly [string, string])[] = [
  ['groups', `route { if (${'('.repeat(50_000)}1) exit; }`],
  ['negations', `route { if (${'!'.repeat(50_000)}1) exit; }`],
  ['blocks', `route { ${'if (1) { '.repeat(50_000)}`],
  ['bodies without braces', `route { ${'if (1) '.repeat(50_000)}exit; }`],
  ['bare blocks', `route { ${'{ '.repeat(50_000)}`],
  ['brackets of values', `route { $x = ${'('.repeat(50_000)}1; }`],
  ['conditions within conditions', `route { ${'if ('.repeat(50_000)}`],
  ['switches', `route { ${'switch ($x) { case 1: '.repeat(50_000)}`],
  ['bit negations', `route { $x = ${'~'.repeat(50_000)}1; }`],
  ['braces at top level', '{ '.repeat(50_000)],
  ['closing braces', '} '.repeat(50_000)],
  ['brackets of a variable', `route { $x = $(${'x('.repeat(5_000)}; }`],
  ['indices within indices', `route { $x = $(${'x[$('.repeat(5_000)}1${')]'.repeat(5_000)}); }`],
];

for (const [name, text] of deep) {
  test(`no depth of ${name} throws`, () => {
    const { diagnostics, config } = parse(text, { name: 'x' });
    assert.ok(diagnostics.some(({ severity }) => severity === 'error'));
    print(config);
  });
}

test('a chain of operators or of else if may be long, up to the limit', () => {
  const long = `route { if (${'$a == 1 || '.repeat(1500)}$b) exit; ${'if ($a) exit; else '.repeat(1500)} drop; }`;
  const { config, diagnostics } = parse(long, { name: 'x' });
  assert.deepEqual(diagnostics, []);
  assert.equal(parse(print(config), { name: 'x' }).diagnostics.length, 0);
  const longer = `route { $x = ${'1 + '.repeat(3000)}1; }`;
  assert.deepEqual(
    parse(longer, { name: 'x' }).diagnostics.map(({ code }) => code),
    ['too-deeply-nested'],
  );
});

test('walk goes through a tree in the order of the text and may pass over parts', () => {
  const { config } = parse('log_level=3\nroute { if ($x == 1) exit; }\n', { name: 'x' });
  const entered: string[] = [];
  const left: string[] = [];
  walk(config, {
    enter: (node) => {
      entered.push(node.kind);
      return node.kind !== 'Comparison';
    },
    leave: (node) => left.push(node.kind),
  });
  assert.deepEqual(entered, [
    ...[
      'Config',
      'GlobalParameter',
      'Name',
      'Number',
      'RouteBlock',
      'Block',
      'If',
      'Comparison',
      'Block',
      'Jump',
    ],
  ]);
  assert.deepEqual(left, [
    ...['Name', 'Number', 'GlobalParameter', 'Jump', 'Block', 'If', 'Block', 'RouteBlock', 'Config'],
  ]);
});
