import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Manifest } from '../../grammar/manifest.ts';
import { checkParams, type GivenParam } from '../../grammar/module-params.ts';
import type { ParamValidator } from '../../grammar/param-faults.ts';
import { loadParamValidator } from '../../grammar/param-validator.ts';

const manifest: Manifest = {
  name: 'door',
  params: {
    port: { type: 'integer', description: 'the port', default: 80, minimum: 1, maximum: 65535 },
    wait: { type: 'integer', description: 'patience', default: 100, minimum: 1, unit: 'milliseconds' },
    path: { type: 'string', description: 'the path', default: '/', pattern: '^/' },
    mode: { type: 'string', description: 'how', enum: ['strict', 'loose'] },
    guest: { type: 'string', description: 'who may enter', list: true },
    tag: { type: 'string', description: 'a tag', minLength: 1 },
    either: { type: ['integer', 'string'], description: 'a number or a text' },
    memory: { type: 'integer', description: 'of a C process', noEffect: 'there is no such process here' },
  },
};

let validate: ParamValidator;
before(async () => {
  validate = await loadParamValidator([]);
});

/** The value stands at 100 in the text, its name at 10. */
const give = (name: string, value: number | string, word?: string): GivenParam => ({
  name,
  nameSpan: { start: 10, end: 10 + name.length + 2 },
  value,
  span: { start: 100, end: 100 + String(value).length },
  ...(word !== undefined && { word }),
});
const check = (...given: GivenParam[]) => checkParams(manifest, given, validate);

test('what is not given has its default, a list is an array', () => {
  assert.deepEqual(check().values, {
    port: 80,
    wait: 100,
    path: '/',
    mode: undefined,
    guest: [],
    tag: undefined,
    either: undefined,
    memory: undefined,
  });
});

test('given values are typed; the last one counts; list values are gathered in order', () => {
  const { values, diagnostics } = check(
    give('port', 8080),
    give('guest', 'ann'),
    give('port', 8081),
    give('guest', 'ben'),
    give('either', 1),
  );
  assert.deepEqual(diagnostics, []);
  assert.equal(values.port, 8081);
  assert.deepEqual(values.guest, ['ann', 'ben']);
  assert.equal(values.either, 1);
});

const wrong: readonly {
  given: GivenParam;
  code: string;
  message: RegExp;
  fix?: string;
  help?: RegExp;
}[] = [
  {
    given: give('port', '8080'),
    code: 'parameter-wrong-type',
    message: /takes a number, not a string/,
    fix: '8080',
    help: /remove the quotes/,
  },
  { given: give('port', 'http'), code: 'parameter-wrong-type', message: /takes a number, not a string/ },
  {
    given: give('path', 5),
    code: 'parameter-wrong-type',
    message: /takes a string, not a number/,
    fix: '"5"',
  },
  { given: give('path', 1, 'yes'), code: 'parameter-wrong-type', message: /not the word yes/, fix: '"yes"' },
  { given: give('port', 0), code: 'parameter-out-of-range', message: /must be at least 1$/ },
  { given: give('port', 65536), code: 'parameter-out-of-range', message: /may be at most 65535$/ },
  { given: give('wait', 0), code: 'parameter-out-of-range', message: /must be at least 1 milliseconds/ },
  { given: give('path', 'x'), code: 'parameter-out-of-range', message: /must match \^\// },
  { given: give('mode', 'lax'), code: 'parameter-out-of-range', message: /must be one of strict, loose/ },
  { given: give('tag', ''), code: 'parameter-out-of-range', message: /may not be empty/ },
  {
    given: give('prot', 1),
    code: 'unknown-parameter',
    message: /door has no parameter prot/,
    fix: '"port"',
    help: /did you mean port/,
  },
  { given: give('constructor', 1), code: 'unknown-parameter', message: /no parameter constructor/ },
  { given: give('memory', 5), code: 'parameter-without-effect', message: /changes nothing/ },
];

for (const { given, code, message, fix, help } of wrong) {
  test(`${given.name} = ${given.word ?? JSON.stringify(given.value)} is ${code}`, () => {
    const { diagnostics } = check(given);
    assert.equal(diagnostics.length, 1);
    assert.equal(diagnostics[0]?.code, code);
    assert.match(diagnostics[0]?.message ?? '', message);
    assert.equal(diagnostics[0]?.fix?.text, fix);
    if (help) assert.match(diagnostics[0]?.help ?? '', help);
  });
}

test('a value that does not fit is left out', () => {
  assert.equal(check(give('port', 0)).values.port, 80);
});

test('boolean words are 1 and 0, as in the original', () => {
  const { values, diagnostics } = check(give('either', 1, 'yes'));
  assert.deepEqual(diagnostics, []);
  assert.equal(values.either, 1);
});
