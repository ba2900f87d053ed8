import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from '../../../grammar/parse/parse.ts';
import { flatten } from '../../../grammar/text/include.ts';
import { writeMarks } from '../../../grammar/text/preprocessor-marks.ts';

const parse = createParser();

const files: Readonly<Record<string, string>> = {
  'b.cfg': 'loadmodule "b.so"\ninclude_file "c.cfg"\nloadmodule "b2.so"',
  'c.cfg': 'loadmodule "c.so"\n',
  'loop.cfg': '\ninclude_file "loop.cfg"\n',
  's.cfg': 'drop;\nexit;',
};

function readText(text: string, limits: { maxIncludeDepth?: number; maxIncludes?: number } = {}) {
  const parsed = parse(text, { name: 'a.cfg', read: (path) => files[path], ...limits });
  const codes = parsed.diagnostics.map(({ code }) => code);
  return { ...parsed, codes, facts: parsed.facts.map(({ feature }) => feature) };
}

/** Where each item of the top level stands. */
function places(text: string): string[] {
  const { config, source } = readText(text);
  return config.items.map(({ span }) => {
    const { file, line, column, includedFrom } = source.locate(span.start);
    return [`${file}:${line}:${column}`, ...includedFrom.map((site) => `${site.file}:${site.line}`)].join(
      ' < ',
    );
  });
}

test('included files stand in the places of their lines, and every place is known', () => {
  assert.deepEqual(places('loadmodule "a.so"\n  include_file "b.cfg"\n  loadmodule "a2.so"\n'), [
    'a.cfg:1:1',
    'b.cfg:1:1 < a.cfg:2',
    'c.cfg:1:1 < a.cfg:2 < b.cfg:2',
    'b.cfg:3:1 < a.cfg:2',
    'a.cfg:3:3',
  ]);
});

test('what 3.x takes for an include line: blanks in front, either quote, anything behind (cfg_pp.c)', () => {
  for (const line of [
    'include_file "c.cfg"',
    "\timport_file 'c.cfg'",
    'include_file"c.cfg"',
    'include_file "c.cfg" # x',
  ]) {
    const { config, facts } = readText(`${line}\n`);
    assert.deepEqual(
      config.items.map(({ kind }) => kind),
      ['LoadModule'],
      line,
    );
    assert.deepEqual(facts, []);
  }
  assert.deepEqual(readText('include_file "c.cfg";\n').facts, ['text after an include']);
});

test('an include in the middle of a line is taken as 2.x does (cfg.lex: INCLF)', () => {
  const { config, codes, facts } = readText('log_level=3 include_file "c.cfg" loadmodule "x.so"\n');
  assert.deepEqual(
    config.items.map(({ kind }) => kind),
    ['GlobalParameter', 'LoadModule', 'LoadModule'],
  );
  assert.deepEqual([codes, facts], [[], ['include in the middle of a line']]);
});

const hidden = [
  '# include_file "none"\n',
  '/*\ninclude_file "none"\n*/\n',
  'log_prefix="x\n a include_file \'none\'"\n',
];

test('no include is taken from a comment, and none within a line from a string', () => {
  for (const text of hidden) assert.deepEqual(readText(`${text}log_level=3\n`).codes, [], text);
});

test('a missing file of an include line in a comment is remarked, as 3.x looks for it there too', () => {
  const feature = 'missing include file in a comment';
  assert.deepEqual(readText('/*\ninclude_file "none"\n*/\nlog_level=3\n').facts, [feature]);
  assert.deepEqual(readText('/*\ninclude_file "c.cfg"\n*/\nlog_level=3\n').facts, []);
});

test('a missing include_file is an error, a missing import_file a warning, as 2.x goes on without it', () => {
  const found = readText('include_file "no.cfg"\nimport_file "no.cfg"\nlog_level=3\n');
  assert.deepEqual(
    found.diagnostics.map(({ code, severity }) => `${code} ${severity}`),
    ['include-not-found error', 'import-not-found warning'],
  );
  assert.deepEqual(found.facts, ['missing import file']);
  assert.deepEqual(found.source.locate(found.diagnostics[1]?.span.start ?? 0).line, 2);
});

test('a file that includes itself is reported with the circle', () => {
  const { diagnostics } = readText('include_file "loop.cfg"\nlog_level=3\n');
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['include-cycle'],
  );
  assert.match(diagnostics[0]?.message ?? '', /loop\.cfg → loop\.cfg/);
});

test('depth and number of included files are limited', () => {
  assert.deepEqual(readText('include_file "b.cfg"\n', { maxIncludeDepth: 1 }).codes, ['include-too-deep']);
  assert.deepEqual(readText('include_file "c.cfg"\ninclude_file "c.cfg"\n', { maxIncludes: 1 }).codes, [
    'include-too-deep',
  ]);
});

test('an include inside a route brings statements', () => {
  const { config, codes } = readText('route {\n\tif (1) {\ninclude_file "s.cfg"\n\t}\n\texit;\n}\n');
  assert.deepEqual(codes, []);
  const [route] = config.items;
  const statements = route?.kind === 'RouteBlock' ? route.body.statements : [];
  assert.deepEqual(
    statements.map(({ kind }) => kind),
    ['If', 'Jump'],
  );
});

test('marks between the lines tell files and lines, and a text with marks reads as without (-p)', () => {
  const text = 'log_level=3\ninclude_file "b.cfg"\nroute {\n\txlog("a\nb");\n}\n';
  const flat = flatten(text, { name: 'a.cfg', read: (path) => files[path] });
  const marked = writeMarks(flat.source, flat.text);
  assert.ok(
    marked.startsWith(
      '__OSSPP_FILEBEGIN__ "a.cfg"\n__OSSPP_LINE__ 1\nlog_level=3\n__OSSPP_LINE__ 2\n__OSSPP_FILEBEGIN__ "b.cfg"\n',
    ),
  );
  const plain = readText(text);
  const again = parse(marked, { name: 'stdin' });
  assert.deepEqual(again.diagnostics, []);
  const placesOf = ({ config, source }: Pick<typeof plain, 'config' | 'source'>) =>
    config.items.map((item) => [item.kind, source.locate(item.span.start)]);
  assert.deepEqual(placesOf(again), placesOf(plain));
  const route = again.config.items.at(-1);
  const statement = route?.kind === 'RouteBlock' ? route.body.statements[0] : undefined;
  const argument = statement?.kind === 'Call' ? statement.arguments[0] : undefined;
  assert.equal(argument?.kind === 'String' && argument.value, 'a\nb');
});
