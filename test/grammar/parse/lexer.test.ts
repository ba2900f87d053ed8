import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lex } from '../../../grammar/parse/lexer.ts';
import { quoteString, scanString, valueOffsets } from '../../../grammar/parse/string-literal.ts';

/** Token types with their texts. */
function tokens(text: string): string[] {
  return lex(text).tokens.map(({ tokenType, image }) => `${tokenType.name} ${image}`);
}

function codes(text: string): string[] {
  return lex(text).diagnostics.map(({ code, span }) => `${span.start}-${span.end} ${code}`);
}

/** cfg.lex: STRING1, STRING2. */
const strings: readonly (readonly [written: string, value: string])[] = [
  ['"plain"', 'plain'],
  ['""', ''],
  ['"\\n\\r\\a\\t"', '\n\r\x07\t'],
  ['"\\"q\\" \\\\"', '"q" \\'],
  ['"\\x41\\x4a\\x7"', 'AJ\x07'],
  ['"\\101\\60"', 'A0'],
  ['"\\377\\400"', '\xff\0'.slice(0, 1)],
  ['"^\\d+\\.\\1$"', '^\\d+\\.\\1$'],
  ['"\\8 \\9 \\xg"', '\\8 \\9 \\xg'],
  ['"a\\\nb"', 'ab'],
  ['"a\nb"', 'a\nb'],
  ['"a\\\r\nb"', 'a\\\r\nb'],
  ['"caf\xc3\xa9"', 'caf\xc3\xa9'],
  ["'no \\n escapes \\'", 'no \\n escapes \\'],
  ['\'a\n"b"\'', 'a\n"b"'],
  ['"a\\x00b"', 'a'],
];

for (const [written, value] of strings) {
  test(`the string ${JSON.stringify(written)} holds ${JSON.stringify(value)}`, () => {
    const [token, ...rest] = lex(written).tokens;
    assert.deepEqual(rest, []);
    assert.equal(token?.payload, value);
    assert.equal(token?.endOffset, written.length - 1);
    assert.equal(scanString(quoteString(value), 0)?.value, value);
  });
}

test('each character of a value is traced to where it was written', () => {
  const text = 'x = "a\\tb\\x41\\\n$"';
  assert.deepEqual(valueOffsets(text, 4), [5, 6, 8, 9, 15, 16]);
  assert.deepEqual(valueOffsets("'ab'", 0), [1, 2, 3]);
});

/** cfg.lex: NUMBER, HEXNUMBER, OCTNUMBER, YES, NO. */
const numbers: readonly (readonly [string, number])[] = [
  ['0', 0],
  ['42', 42],
  ['0666', 438],
  ['0x1F', 31],
  ['2147483647', 2147483647],
];

for (const [written, value] of numbers) {
  test(`the number ${written} is ${value}`, () => {
    assert.deepEqual(
      lex(written).tokens.map(({ payload }) => payload),
      [value],
    );
  });
}

test('089 is two numbers, and so is no number that OpenSIPS takes', () => {
  assert.deepEqual(tokens('089'), ['Number 0', 'Number 89']);
});

test('a number beyond 32 bits is warned of, with what OpenSIPS makes of it', () => {
  const [found] = lex('4294967297').diagnostics;
  assert.equal(found?.code, 'number-too-large');
  assert.match(found?.message ?? '', /takes it as 1$/);
});

/** Longest match, as flex has it. */
const cuts: readonly (readonly [string, readonly string[]])[] = [
  ['10.0.0.1/24', ['IpNet 10.0.0.1/24']],
  ['10.0.0.1/255.0.0.0', ['IpNet 10.0.0.1/255.0.0.0']],
  ['10.0.0.01', ['Ipv4 10.0.0.0', 'Number 1']],
  ['2001:db8::1', ['Ipv6 2001:db8::1']],
  ['fe80::/10', ['IpNet fe80::/10']],
  ['1:2:3:4:5:6:7:8', ['Ipv6 1:2:3:4:5:6:7:8']],
  ['udp:::1', ['Identifier udp', 'Ipv6 ::', 'Colon :', 'Number 1']],
  ['case 1:', ['Case case', 'Number 1', 'Colon :']],
  [
    'a==b=~c!=d',
    [
      'Identifier a',
      'Equality ==',
      'Identifier b',
      'Matching =~',
      'Identifier c',
      'Equality !=',
      'Identifier d',
    ],
  ],
  ['log_level', ['Identifier log_level']],
  ['mem-group', ['MemoryGroupKeyword mem-group']],
  ['mem-groups', ['MemoryGroupKeyword mem-group', 'Identifier s']],
  ['msg:len', ['Operand msg:len']],
  ['If IF', ['Identifier If', 'Identifier IF']],
  ['a\\\nb', ['Identifier a', 'Identifier b']],
  ['a # c\nb', ['Identifier a', 'Identifier b']],
  ['a/* /* b */ */c', ['Identifier a', 'Identifier c']],
  ['<<>><=', ['BitOperator <<', 'BitOperator >>', 'Ordering <=']],
  ['$ru=~$x', ['Variable $ru', 'Matching =~', 'Variable $x']],
  [
    '$(ru{s.len}),$avp(a(b))[0]',
    [
      'Variable $(ru{s.len})',
      'Comma ,',
      'Variable $avp(a(b))',
      'LeftBracket [',
      'Number 0',
      'RightBracket ]',
    ],
  ],
  ['$var( a;b )x', ['Variable $var( a;b )', 'Identifier x']],
  ['$x:=1', ['Variable $x', 'ColonEqual :=', 'Number 1']],
  ['f($x)', ['Identifier f', 'LeftParenthesis (', 'Variable $x', 'RightParenthesis )']],
];

for (const [text, expected] of cuts) {
  test(`${JSON.stringify(text)} is cut into ${expected.length} tokens`, () =>
    assert.deepEqual(tokens(text), expected));
}

/** What OpenSIPS skips without a word. */
const skipped: readonly (readonly [string, readonly string[]])[] = [
  ['\xef\xbb\xbfa', ['0-3 byte-order-mark']],
  ['a\xc2\xa0b', ['1-3 no-break-space']],
  ['a\xa0b', ['1-2 no-break-space']],
  ['a ?? b @', ['2-4 stray-character', '7-8 stray-character']],
  ['_a', ['0-1 stray-character']],
  ['a\0b', ['1-2 stray-character']],
  ['a \xe2\x80\x9c b', ['2-5 stray-character']],
  ['a /* /* */', ['2-4 unterminated-comment']],
  ['$(x', ['0-3 unterminated-variable']],
  ['"a', ['0-2 unterminated-string']],
  ['$tls_peer_notBefore', ['0-19 word-operator-in-variable']],
  ['a \\\r\nb', []],
];

for (const [text, expected] of skipped) {
  test(`${JSON.stringify(text)} is reported as ${expected.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(codes(text), expected);
  });
}
