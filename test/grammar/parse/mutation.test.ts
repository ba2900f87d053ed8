import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Span } from '../../../grammar/ast.ts';
import { createParser, type ParseResult } from '../../../grammar/parse/parse.ts';
import { print } from '../../../grammar/print/print.ts';
import { walk } from '../../../grammar/walk.ts';
import { configFor, readIncluded, readProbes } from '../probes/probes.ts';
import { stripSpans } from './strip.ts';

const parse = createParser();
const texts = readProbes().map((probe) => configFor(probe, '3.6'));

/** Bits that texts are made of, to put in anywhere. */
const bits = [
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ';',
    ',',
    ':',
    '"',
    "'",
    '$',
    '$(',
    '/*',
    '*/',
    '#',
    '\n',
    '\\',
    '=',
    '==',
    '!',
    '~',
  ],
  ...[
    'if',
    'else',
    'switch',
    'case 1:',
    'default:',
    'route',
    'route[x] {',
    'exit;',
    '1',
    '0x',
    '1.2.3.4',
    '::1',
  ],
  ...[
    'include_file "/included.cfg"\n',
    '\ninclude_file "/statement.cfg"\n',
    '__OSSPP_LINE__ 3\n',
    '\xef\xbb\xbf',
    '\0',
  ],
];

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly put: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 60 })),
  put: fc.oneof(fc.constantFrom(...bits), fc.constant(''), fc.string({ unit: 'binary', maxLength: 3 })),
});

const mutated: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 6 }))
  .map(([text, edits]) =>
    edits.reduce((now, { at, length, put }) => {
      const start = Math.floor(at * now.length);
      return now.slice(0, start) + put + now.slice(start + length);
    }, text),
  );

function isInside({ start, end }: Span, text: string): boolean {
  return 0 <= start && start <= end && end <= text.length;
}

function checkResult({ config, source, diagnostics, facts }: ParseResult): void {
  let broken = false;
  walk(config, {
    enter: (node) => {
      assert.ok(isInside(node.span, source.text), `${node.kind} ${node.span.start}-${node.span.end}`);
      broken ||= node.kind.startsWith('Broken');
    },
  });
  const hasError = diagnostics.some(({ severity }) => severity === 'error');
  assert.ok(hasError || !broken, 'a broken node without a finding');
  for (const { span, code } of [...diagnostics, ...facts.map((fact) => ({ ...fact, code: fact.feature }))]) {
    assert.ok(isInside(span, source.text), `${code} ${span.start}-${span.end}`);
    const { line, column } = source.locate(span.start);
    assert.ok(line >= 1 && column >= 1, code);
  }
  const places = diagnostics.map(({ span, code }) => `${span.start} ${code}`);
  assert.equal(new Set(places).size, places.length, 'a finding given twice');
  const printed = print(config);
  if (hasError) return;
  const again = parse(printed, { name: 'printed' });
  assert.deepEqual(stripSpans(again.config), stripSpans(config));
}

test('no mutation of a config throws, loses its place or is reported twice; what is read prints and reads back', () => {
  fc.assert(
    fc.property(mutated, (text) => checkResult(parse(text, { name: 'x.cfg', read: readIncluded }))),
    { numRuns: 1500 },
  );
});

test('no text of random pieces throws', () => {
  const piece = fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary', maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
      checkResult(parse(pieces.join(' '), { name: 'x.cfg', read: readIncluded })),
    ),
    { numRuns: 500 },
  );
});

test('an error behind the last quote of a line that has an odd number of them is read to its end', () => {
  const text = 'route { xlog("a\nb"); }__OSSPP_LINE__ 3\n';
  checkResult(parse(text, { name: 'x.cfg' }));
});
