import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from '../../../grammar/parse/parse.ts';
import { print } from '../../../grammar/print/print.ts';
import { readSamples } from './samples.ts';
import { stripSpans } from './strip.ts';

const parse = createParser();
const samples = readSamples();
const skip = typeof samples === 'string' ? samples : false;
const list = typeof samples === 'string' ? [] : samples;

/** Include files that a sample names and nobody has. */
function errorsOf(text: string, name: string) {
  const parsed = parse(text, { name });
  const errors = parsed.diagnostics.filter(
    ({ severity, code }) => severity === 'error' && code !== 'include-not-found',
  );
  return { ...parsed, errors };
}

test('every sample whose grammar some version accepts is read without an error', { skip }, () => {
  const accepted = list.filter((sample) => sample.accepted);
  assert.ok(accepted.length > 230, `${accepted.length} accepted samples`);
  for (const { name, text } of accepted) assert.deepEqual(errorsOf(text, name).errors, [], name);
});

test('every sample without an error prints to a text whose tree is equal', { skip }, () => {
  for (const { name, text } of list) {
    const { config, errors } = errorsOf(text, name);
    if (errors.length > 0) continue;
    const printed = print(config);
    const again = parse(printed, { name });
    assert.deepEqual(stripSpans(again.config), stripSpans(config), name);
    assert.equal(print(again.config), printed, name);
  }
});
