import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVariable, readFormattedText } from '../../grammar/parse/script-variable.ts';
import { valueOffsets } from '../../grammar/parse/string-literal.ts';

function shape(text: string): unknown {
  const { variable, problems } = parseVariable(text);
  assert.deepEqual(problems, [], text);
  return JSON.parse(
    JSON.stringify(variable, (key, value) => (key === 'span' || key === 'nameSpan' ? undefined : value)),
  );
}

const text = (...parts: unknown[]) => ({ kind: 'FormattedText', parts });
const plain = (value: string) => ({ kind: 'TextPart', text: value });
const named = (name: string, more: object = {}) => ({
  kind: 'Variable',
  name,
  transformations: [],
  delimited: false,
  ...more,
});

/** pvar.c, pv_parse_spec. */
const variables: readonly (readonly [string, unknown])[] = [
  ['$ru', named('ru')],
  ['$T_reply_code', named('T_reply_code')],
  ['$ct.fields', named('ct.fields')],
  ['$var(a b)', named('var', { inner: text(plain('a b')) })],
  ['$(ru)', named('ru', { delimited: true })],
  [
    '$(hdr(Via)[-1])',
    named('hdr', { inner: text(plain('Via')), index: { kind: 'NumberIndex', value: -1 }, delimited: true }),
  ],
  ['$(avp(x)[*])', named('avp', { inner: text(plain('x')), index: { kind: 'AllIndex' }, delimited: true })],
  [
    '$(avp(x)[$var(i)])',
    named('avp', {
      inner: text(plain('x')),
      index: { kind: 'VariableIndex', variable: named('var', { inner: text(plain('i')) }) },
      delimited: true,
    }),
  ],
  [
    '$(sdp.line[insert])',
    named('sdp.line', { index: { kind: 'NameIndex', text: 'insert' }, delimited: true }),
  ],
  [
    '$avp($(hdr(X)[0])_y)',
    named('avp', {
      inner: text(
        named('hdr', { inner: text(plain('X')), index: { kind: 'NumberIndex', value: 0 }, delimited: true }),
        plain('_y'),
      ),
    }),
  ],
  ['$(<request>ru)', named('ru', { context: 'request', delimited: true })],
  ['$$', named('$')],
  [
    '$(ru{uri.user} {s.substr,0,$var(n)})',
    named('ru', {
      delimited: true,
      transformations: [
        { kind: 'Transformation', group: 'uri', operation: 'user', arguments: [] },
        {
          kind: 'Transformation',
          group: 's',
          operation: 'substr',
          arguments: [text(plain('0')), text(named('var', { inner: text(plain('n')) }))],
        },
      ],
    }),
  ],
  [
    '$(ru{re.subst,/^a,{2}(.*)$/b/g})',
    named('ru', {
      delimited: true,
      transformations: [
        {
          kind: 'Transformation',
          group: 're',
          operation: 'subst',
          arguments: [text(plain('/^a,{2}(.*)$/b/g'))],
        },
      ],
    }),
  ],
];

for (const [written, expected] of variables) {
  test(`${written} is read into its parts`, () => assert.deepEqual(shape(written), expected));
}

test('a comma behind a backslash does not part arguments (tr_parse_sparam)', () => {
  const { variable } = parseVariable('$(ru{s.fill.left,\\,, 3})');
  assert.deepEqual(
    variable.transformations[0]?.arguments.map(({ parts }) =>
      parts.map((part) => part.kind === 'TextPart' && part.text),
    ),
    [['\\,'], ['3']],
  );
});

const wrong: readonly (readonly [string, number, RegExp])[] = [
  ['$', 0, /without the name/],
  ['$()', 0, /without the name/],
  ['$var()', 4, /nothing stands between/],
  ['$(ru{uri.user)', 4, /has no `}`/],
  ['$(avp(x)[0)', 8, /has no `]`/],
  ['$(avp(x)[])', 8, /nothing stands between/],
  ['$(ru{uri})', 4, /class\.operation/],
  ['$(ru', 4, /where `\)` should/],
  ['\x24{IP}', 0, /without the name/],
  ['$(<request ru)', 2, /no `>`/],
];

for (const [written, at, message] of wrong) {
  test(`${written} is reported once, at its place`, () => {
    const { problems } = parseVariable(written, 100);
    assert.equal(problems.length, 1, JSON.stringify(problems));
    assert.equal(problems[0]?.span.start, 100 + at);
    assert.match(problems[0]?.message ?? '', message);
  });
}

test('what stands behind a variable is told apart, as OpenSIPS ignores it', () => {
  const { variable, problems, rest } = parseVariable('$ru{uri.user}', 10);
  assert.deepEqual(
    [variable.name, variable.transformations, problems, rest],
    ['ru', [], [], { start: 13, end: 23 }],
  );
});

test('a text is cut into its variables and what stands between them', () => {
  const source = 'xlog("a\\t$ru, $(hdr(X){s.len})$$ 5$\\n")';
  const value = 'a\t$ru, $(hdr(X){s.len})$$ 5$\n';
  const found = readFormattedText(value, valueOffsets(source, 5));
  const parts = found.text.parts.map((part) => [
    part.kind === 'TextPart' ? part.text : part.name,
    source.slice(part.span.start, part.span.end),
  ]);
  assert.deepEqual(parts, [
    ['a\t', 'a\\t'],
    ['ru', '$ru'],
    [', ', ', '],
    ['hdr', '$(hdr(X){s.len})'],
    ['$', '$$'],
    [' 5$\n', ' 5$\\n'],
  ]);
  assert.equal(found.problems.length, 1);
});
