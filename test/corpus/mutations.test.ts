import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { type Catalogue, loadCatalogue } from '../../grammar/catalogue.ts';
import { check } from '../../grammar/check.ts';
import type { ParamValidator } from '../../grammar/param-faults.ts';
import { loadParamValidator } from '../../grammar/param-validator.ts';
import { createParser } from '../../grammar/parse/parse.ts';
import { corpusEnvironment } from './environment.ts';
import { readCorpus, readPart } from './files.ts';

const parse = createParser();
let catalogue: Catalogue;
let validate: ParamValidator;
before(async () => {
  [catalogue, validate] = await Promise.all([loadCatalogue(), loadParamValidator([])]);
});

/** Large files would make the runs long without showing more. */
const texts = [...readCorpus('accepted'), ...readCorpus('rejected')]
  .map(({ text }) => text)
  .filter((text) => text.length < 3000);

/** One change of a text; places are parts of its length, 0 to 1. */
type Change =
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'double'; readonly at: number; readonly length: number }
  | { readonly kind: 'swap'; readonly at: number; readonly to: number; readonly length: number }
  | { readonly kind: 'flip'; readonly at: number; readonly byte: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 40 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place, length }),
  fc.record({ kind: fc.constant('double' as const), at: place, length }),
  fc.record({ kind: fc.constant('swap' as const), at: place, to: place, length }),
  fc.record({ kind: fc.constant('flip' as const), at: place, byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    text: fc.constantFrom(
      '"',
      "'",
      '{',
      '}',
      '(',
      ')',
      ';',
      '/*',
      '*/',
      '$(',
      '$(avp(',
      '{s.substr,',
      '${',
      '[',
      '\\',
      '#',
      '\n',
      '\0',
      'include_file "parts/circle.inc"\n',
    ),
  }),
);

function apply(text: string, one: Change): string {
  const at = Math.floor(one.at * text.length);
  switch (one.kind) {
    case 'cut':
      return text.slice(0, at) + text.slice(at + one.length);
    case 'double':
      return text.slice(0, at + one.length) + text.slice(at);
    case 'swap': {
      const to = Math.floor(one.to * text.length);
      const [first, second] = at < to ? [at, to] : [to, at];
      const middle = Math.min(first + one.length, second);
      const moved = text.slice(first, middle);
      return text.slice(0, first) + text.slice(middle, second) + moved + text.slice(second);
    }
    case 'flip':
      return (
        text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ one.byte || 0) + text.slice(at + 1)
      );
    case 'insert':
      return text.slice(0, at) + one.text + text.slice(at);
  }
}

/** Reading and checking may take this long for any mutated file; a hang takes longer. */
const patience = 10_000;

test('a mutated config is read and checked without a throw, a hang or a lost position', () => {
  const environment = corpusEnvironment(catalogue, validate, { inert: false });
  const mutated = fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) => changes.reduce(apply, text));
  fc.assert(
    fc.property(mutated, (text) => {
      const start = performance.now();
      const parsed = parse(text, { name: 'mutated.cfg', read: (path) => readPart('rejected', path) });
      const findings = check(parsed, environment);
      assert.ok(performance.now() - start < patience);
      const { source } = parsed;
      let before = 0;
      for (const { span, context, notes, fix, message } of findings) {
        for (const one of [span, context, fix?.span, ...notes.map((note) => note.span)]) {
          if (!one) continue;
          assert.ok(0 <= one.start && one.start <= one.end && one.end <= source.text.length, message);
          const { line, column } = source.locate(one.start);
          assert.ok(Number.isInteger(line) && line >= 1 && column >= 1, message);
        }
        assert.ok(before <= span.start, 'findings stand in source order');
        before = span.start;
      }
    }),
    { numRuns: Number(process.env.MUTATIONS ?? 2000), seed: 20 },
  );
});
