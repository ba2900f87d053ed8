import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lex } from '../../../grammar/parse/lexer.ts';
import { ConfigParser } from '../../../grammar/parse/parser.ts';

const worksOut = new ConfigParser();
const decided: typeof worksOut.decisions = JSON.parse(JSON.stringify(worksOut.decisions));
const isHanded = new ConfigParser({}, decided);
const corpus = fileURLToPath(new URL('../../../../test/corpus/', import.meta.url));

function read(parser: ConfigParser, text: string) {
  const { diagnostics, facts } = parser;
  return JSON.stringify([parser.read(lex(text), text), diagnostics, facts]);
}

test('a parser that is handed its decisions reads every config of the corpus as one that works them out', () => {
  for (const folder of ['accepted', 'rejected']) {
    const files = readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' });
    const configs = files.filter((file) => file.endsWith('.cfg'));
    assert.ok(configs.length > 20, `${configs.length} configs in ${folder}`);
    for (const file of configs) {
      const text = readFileSync(join(corpus, folder, file), 'latin1');
      assert.equal(read(isHanded, text), read(worksOut, text), file);
    }
  }
});

test('what it was handed is all that it decides by', () => {
  assert.throws(() => read(new ConfigParser({}, []), 'log_level=3\n'), TypeError);
});
