import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from '../../../grammar/parse/parse.ts';

const parse = createParser();

/** Where the first error of a text stands. */
function place(text: string): string {
  const { source, diagnostics } = parse(text, { name: 'x.cfg' });
  const found = diagnostics.find(({ severity }) => severity === 'error');
  assert.ok(found, text);
  const { file, line, column } = source.locate(found.span.start);
  return `${file}:${line}:${column}`;
}

/** Columns count bytes from 1; a tab is one, and so is each byte of a character of UTF-8. */
const places: readonly (readonly [string, string])[] = [
  ['log_level=)\n', 'x.cfg:1:11'],
  ['\tlog_level=\t)\n', 'x.cfg:1:13'],
  ['log_prefix="caf\xc3\xa9" )\n', 'x.cfg:1:20'],
  ['log_prefix="\xff\xfe" )\n', 'x.cfg:1:17'],
  ['log_level=3\r\n\r\nlog_level=)\r\n', 'x.cfg:3:11'],
  ['log_prefix="a\nb\nc" )\n', 'x.cfg:3:4'],
  ['/* a\n/* b */\n*/ )\n', 'x.cfg:3:4'],
  ['\xef\xbb\xbf)\n', 'x.cfg:1:4'],
  ['log_level=3\n)', 'x.cfg:2:1'],
];

for (const [text, expected] of places) {
  test(`the slip in ${JSON.stringify(text)} stands at ${expected}`, () =>
    assert.equal(place(text), expected));
}

test('offsets outside of a text are moved to its ends', () => {
  const { source } = parse('log_level=3\nlog_level=4', { name: 'x.cfg' });
  assert.deepEqual(source.locate(-5), { file: 'x.cfg', line: 1, column: 1, includedFrom: [] });
  assert.deepEqual(source.locate(1000), { file: 'x.cfg', line: 2, column: 12, includedFrom: [] });
  assert.deepEqual(source.lineAt(14), { start: 12, text: 'log_level=4' });
  assert.deepEqual(source.lineAt(3), { start: 0, text: 'log_level=3' });
});

test('CRLF, a last line without end and bytes that are not UTF-8 change nothing in a tree', () => {
  const lines = ['log_level=3', 'route {', '\txlog("\xff\xe9");', '\texit;', '}'];
  const kinds = (text: string) => {
    const { config, diagnostics } = parse(text, { name: 'x.cfg' });
    assert.deepEqual(diagnostics, []);
    return JSON.stringify(config, (key, value) => (/span$/i.test(key) ? undefined : value));
  };
  const expected = kinds(`${lines.join('\n')}\n`);
  assert.ok(expected.includes('\xff\xe9'));
  assert.equal(kinds(`${lines.join('\r\n')}\r\n`), expected);
  assert.equal(kinds(lines.join('\n')), expected);
});
