import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ParamSchema } from '../../grammar/manifest.ts';
import { isPlain, judgePlain, type ParamValidator } from '../../grammar/param-faults.ts';
import { loadJsonSchemaValidator, loadParamValidator } from '../../grammar/param-validator.ts';
import { bundledManifests } from '../../runtime/bundled-manifests.ts';

let byJsonSchema: ParamValidator;
let bundled: readonly (readonly [string, ParamSchema])[];
before(async () => {
  byJsonSchema = await loadJsonSchemaValidator();
  bundled = (await bundledManifests()).flatMap(({ name, params = {} }) =>
    Object.entries(params).map(([param, schema]) => [`${name}.${param}`, schema] as const),
  );
});

/** Inside, at, and outside of every bound; of both types. */
function valuesAround({ minimum = 0, maximum = 100, default: usual = 1, enum: words = [] }: ParamSchema) {
  const numbers = [-1, 0, 1, 0.5, minimum - 1, minimum, minimum + 1, maximum - 1, maximum, maximum + 1];
  const texts = [
    '',
    ' ',
    'a',
    'é',
    '\u{1f600}',
    '10',
    'sip:a@b',
    '/x',
    'sqlite:///tmp/x',
    '[a]',
    '^(a|b)$',
    '*',
  ];
  return [...numbers, ...texts, usual, ...words];
}

test('the schemas of all bundled modules are plain', () => {
  assert.ok(bundled.length > 500, `${bundled.length} parameters`);
  for (const [name, schema] of bundled) assert.ok(isPlain(schema), name);
});

test('of every parameter every value has the fault that JSON Schema has it have', () => {
  for (const [name, schema] of bundled) {
    for (const value of valuesAround(schema)) {
      assert.deepEqual(judgePlain(schema, value), byJsonSchema(schema, value), `${name} = ${value}`);
    }
  }
});

test('keywords that no parameter has together fit as in JSON Schema', () => {
  const made: readonly ParamSchema[] = [
    { type: 'string', description: 'a length of two', minLength: 2 },
    { type: 'string', description: 'words and a pattern', enum: ['a', '/x'], pattern: '^/' },
    { type: ['integer', 'string'], description: 'words and numbers', enum: [1, 'a', -1], minimum: 1 },
    { type: 'string', description: 'a character of two halves', pattern: '^.$' },
  ];
  for (const schema of made) {
    const values = valuesAround(schema);
    const fits = (judge: ParamValidator) => values.filter((value) => judge(schema, value).length === 0);
    assert.ok(fits(judgePlain).length > 0, schema.description);
    assert.deepEqual(fits(judgePlain), fits(byJsonSchema), schema.description);
  }
});

test('a schema that says more is judged by all of it, beside plain ones', async () => {
  const even = { type: 'integer', description: 'by twos', multipleOf: 2 } as const;
  const plain = { type: 'integer', description: 'any', minimum: 1 } as const;
  assert.ok(!isPlain(even));
  const judge = await loadParamValidator([{ name: 'pairs', params: { even, plain } }]);
  assert.deepEqual(judge(even, 4), []);
  assert.deepEqual(judge(even, 3), [{ kind: 'form', message: 'must be multiple of 2' }]);
  assert.deepEqual(judge(plain, 0), [{ kind: 'range', message: 'must be at least 1' }]);
});
