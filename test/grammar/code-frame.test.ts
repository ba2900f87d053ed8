import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDiagnostics } from '../../grammar/findings/code-frame.ts';
import { type Diagnostic, diagnostic, type Severity } from '../../grammar/findings/diagnostics.ts';
import { createSource, type Source } from '../../grammar/text/source.ts';

/*
 * A fixture has sections that start with `### name`: the text with the span between [[ and ]], the finding's
 * fields, and the output expected in each format. A note may name the text that it points at behind ` | `.
 */
const folder = join('test', 'grammar', 'code-frame');
const formats: Record<string, Parameters<typeof formatDiagnostics>[2]> = {
  human: { format: 'human' },
  coloured: { terminal: true },
  opensips: { prefix: () => 'Nov 21 22:03:45 [7] ' },
};

function sourceOf(text: string, name = 'm.cfg'): Source {
  return createSource(text, [{ name, text }], [{ offset: 0, file: 0, line: 1, column: 1 }]);
}

function readFixture(file: string) {
  const bytes = readFileSync(join(folder, file), 'latin1');
  const sections = new Map<string, string>();
  for (const section of bytes.split(/^### /m).slice(1)) {
    const end = section.indexOf('\n');
    sections.set(section.slice(0, end), section.slice(end + 1));
  }
  const marked = sections.get('text') ?? '';
  const start = marked.indexOf('[[');
  const text = marked.replace('[[', '').replace(']]', '');
  const span = { start, end: marked.indexOf(']]') - 2 };
  return {
    source: sourceOf(text),
    finding: readFinding(sections.get('finding') ?? '', text, span),
    sections,
  };
}

function readFinding(lines: string, text: string, span: { start: number; end: number }): Diagnostic {
  const fields = new Map<string, string>();
  for (const line of lines.trimEnd().split('\n')) {
    const colon = line.indexOf(':');
    fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const [note, target] = fields.get('note')?.split(' | ') ?? [];
  const fix = fields.get('fix');
  const at = target === undefined ? -1 : text.indexOf(target);
  return diagnostic('syntax-error', span, fields.get('message') ?? '', {
    severity: (fields.get('severity') ?? 'error') as Severity,
    why: fields.get('why') ?? 'it was tried',
    help: fields.get('help') ?? 'look again',
    ...(note && {
      notes: [at < 0 ? { message: note } : { message: note, span: { start: at, end: at + 1 } }],
    }),
    ...(fix !== undefined && { fix: { span, text: fix } }),
  });
}

for (const file of readdirSync(folder)) {
  const { source, finding, sections } = readFixture(file);
  for (const [name, options] of Object.entries(formats)) {
    const expected = sections.get(name);
    if (expected === undefined) continue;
    test(`code frame: ${file} as ${name}`, () => {
      const shown = formatDiagnostics([finding], source, options).replaceAll('\x1b', '\\e');
      assert.equal(shown, Buffer.from(expected, 'latin1').toString('utf8'));
    });
  }
}

/** main.cfg: line 1, an include of part.cfg (two lines), line 3. */
function includingSource(): Source {
  const main = 'a=1\ninclude_file "part.cfg"\nb=2\n';
  const part = 'c=3\nd=4\n';
  return createSource(
    `a=1\n${part}b=2\n`,
    [
      { name: 'main.cfg', text: main },
      { name: 'part.cfg', text: part },
    ],
    [
      { offset: 0, file: 0, line: 1, column: 1 },
      { offset: 4, file: 1, line: 1, column: 1, parent: { file: 0, line: 2 } },
      { offset: 12, file: 0, line: 3, column: 1 },
    ],
  );
}

function bad(start: number, message = 'bad', severity: Severity = 'error'): Diagnostic {
  return diagnostic('syntax-error', { start, end: start + 1 }, message, { severity, why: '', help: '' });
}

test('include chain: told in each format, once for neighbours in one file as OpenSIPS’s trace', () => {
  const source = includingSource();
  assert.equal(
    formatDiagnostics([bad(4, 'one'), bad(8, 'two'), bad(12, 'three')], source),
    [
      'CRITICAL:Traceback (last included file at the bottom):',
      'CRITICAL: 0. main.cfg',
      'CRITICAL: 1. part.cfg',
      'CRITICAL:core:yyerror: parse error in part.cfg:1:1-2: one',
      'part.cfg:1:1: error: one [syntax-error]',
      '  included from main.cfg:2',
      '  1 | c=3',
      '    | ^',
      '  2 | d=4',
      'CRITICAL:core:yyerror: parse error in part.cfg:2:1-2: two',
      'part.cfg:2:1: error: two [syntax-error]',
      '  included from main.cfg:2',
      '  1 | c=3',
      '  2 | d=4',
      '    | ^',
      'CRITICAL:core:yyerror: parse error in main.cfg:3:1-2: three',
      'main.cfg:3:1: error: three [syntax-error]',
      '  3 | b=2',
      '    | ^',
      '',
    ].join('\n'),
  );
});

test('include in the middle of a line: the line of the including file is not shown as the included one’s', () => {
  const source = createSource(
    'a=1 b=2\nc=3\n',
    [
      { name: 'main.cfg', text: 'a=1 include_file "part.cfg"\n' },
      { name: 'part.cfg', text: 'b=2\nc=3\n' },
    ],
    [
      { offset: 0, file: 0, line: 1, column: 1 },
      { offset: 4, file: 1, line: 1, column: 1, parent: { file: 0, line: 1 } },
    ],
  );
  const shown = formatDiagnostics([bad(4)], source, { format: 'human' });
  assert.match(
    shown,
    /^part\.cfg:1:1: .*\n {2}included from main\.cfg:1\n {2}1 \| b=2\n {4}\| \^\n {2}2 \| c=3\n$/,
  );
});

test('order: findings come in the order of the text, those at one place as they were found', () => {
  const shown = formatDiagnostics(
    [bad(12, 'c'), bad(0, 'a'), bad(4, 'b1'), bad(4, 'b2')],
    includingSource(),
    {
      format: 'human',
    },
  );
  assert.deepEqual(
    [...shown.matchAll(/error: (\w+)/g)].map(([, word]) => word),
    ['a', 'b1', 'b2', 'c'],
  );
});

test('format: human text on a terminal in colour, else OpenSIPS’s lines without', () => {
  const source = includingSource();
  const shown = (options: Parameters<typeof formatDiagnostics>[2]) =>
    formatDiagnostics([bad(0)], source, options);
  assert.match(shown({ terminal: true }), /^\x1b\[1mmain\.cfg:1:1/);
  assert.match(shown({ terminal: true, colour: false }), /^main\.cfg:1:1/);
  assert.match(shown({}), /^CRITICAL:core:yyerror: parse error in main\.cfg:1:1-2: bad\n/);
  assert.match(shown({ format: 'human' }), /^main\.cfg:1:1/);
  assert.equal(formatDiagnostics([], source), '');
});

test('json: one document with all fields, bytes as UTF-8', () => {
  const text = 'x="gr\xc3\xbc\xc3\x9fe"\ny=\xe9\n';
  const finding = diagnostic('syntax-error', { start: 3, end: 10 }, 'no gr\xc3\xbc\xc3\x9fe – here', {
    why: 'because \xe9',
    help: 'ask',
    context: { start: 0, end: 11 },
    notes: [{ message: 'also', span: { start: 12, end: 13 } }, { message: 'nowhere' }],
    fix: { span: { start: 3, end: 10 }, text: '\xc3\xbc' },
  });
  const place = { file: 'm\u00fc.cfg', includedFrom: [] };
  assert.deepEqual(
    JSON.parse(formatDiagnostics([finding], sourceOf(text, 'm\xc3\xbc.cfg'), { format: 'json' })),
    {
      file: 'm\u00fc.cfg',
      errors: 1,
      warnings: 0,
      notes: 0,
      findings: [
        {
          severity: 'error',
          code: 'syntax-error',
          what: 'the text does not follow the grammar',
          message: 'no gr\u00fc\u00dfe – here',
          why: 'because \u00e9',
          help: 'ask',
          ...place,
          line: 1,
          column: 4,
          endLine: 1,
          endColumn: 11,
          context: { ...place, line: 1, column: 1, endLine: 1, endColumn: 12 },
          notes: [
            { message: 'also', ...place, line: 2, column: 1, endLine: 2, endColumn: 2 },
            { message: 'nowhere' },
          ],
          fix: { text: '\u00fc', ...place, line: 1, column: 4, endLine: 1, endColumn: 11 },
        },
      ],
    },
  );
});

test('json: include chain, and a document where nothing is wrong', () => {
  const source = includingSource();
  const [finding] = JSON.parse(formatDiagnostics([bad(8)], source, { format: 'json' })).findings;
  assert.deepEqual(
    [finding.file, finding.line, finding.includedFrom],
    ['part.cfg', 2, [{ file: 'main.cfg', line: 2 }]],
  );
  assert.deepEqual(JSON.parse(formatDiagnostics([], source, { format: 'json' })).findings, []);
});

test('any text and any span: never throws, names the place, marks something', () => {
  const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
  const text = fc.string({
    unit: fc.oneof(byte, fc.constantFrom('\n', '\t', 'a', '\xc3\xbc')),
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.nat(80), fc.nat(80), (given, start, length) => {
      const source = sourceOf(given);
      const end = Math.min(start + length, given.length);
      const finding = diagnostic('syntax-error', { start, end }, given);
      const { line, column } = source.locate(start);
      const shown = formatDiagnostics([finding], source, { format: 'human' });
      assert.ok(shown.startsWith(`m.cfg:${line}:${column}: error: `));
      assert.doesNotMatch(shown, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      assert.match(shown, /^ +\| [ \t]*\^~*$/m);
      JSON.parse(formatDiagnostics([finding], source, { format: 'json' }));
      formatDiagnostics([finding], source, { format: 'opensips' });
    }),
    { numRuns: 500 },
  );
});
