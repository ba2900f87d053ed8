import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from '../../../grammar/parse/parse.ts';
import { openSipsColumn } from './opensips-columns.ts';
import { acceptedBy, configFor, type Probe, readIncluded, readProbes, syntaxErrorOf } from './probes.ts';
import { semanticRows } from './semantic-rows.ts';

const parse = createParser();
const probes = readProbes();

/** Rows rejected by all with a message of the lexer or of the include code, which reading reports as well. */
const rejectedWithoutPlace = [
  'unterminated string',
  'include_file missing',
  'adjacent strings in another function',
];

/** Rows where reading differs from what all versions say, with the sentence of the issue that asks for it. */
const departures: Readonly<Record<string, string>> = {
  'port=5060 legacy': 'Checked here: unknown global parameter or wrong value type',
  'disable_tcp=yes': 'Checked here: unknown global parameter or wrong value type',
  'unknown global foo=1': 'Checked here: unknown global parameter or wrong value type',
  'unknown global with junk after': 'Checked here: unknown global parameter or wrong value type',
  '#!ifdef kept': 'Checked here: unknown global parameter or wrong value type',
};

function read(probe: Probe, version: string) {
  const parsed = parse(configFor(probe, version), { name: 'probe.cfg', read: readIncluded });
  return { ...parsed, errors: parsed.diagnostics.filter(({ severity }) => severity === 'error') };
}

function isSyntaxError(verdict: string): boolean {
  return syntaxErrorOf(verdict) !== undefined;
}

test('a probe that some version accepts is read without an error', () => {
  for (const probe of probes) {
    for (const version of acceptedBy(probe)) {
      const { errors } = read(probe, version);
      assert.deepEqual(errors, [], `${probe.name} as ${version}`);
    }
  }
});

test('a probe that all versions reject with a syntax error gives an error, at their place', () => {
  const compared: string[] = [];
  for (const probe of probes) {
    if (!Object.values(probe.verdicts).every(isSyntaxError) || departures[probe.name] !== undefined) continue;
    const { source, errors } = read(probe, '3.6');
    const [first] = errors;
    assert.ok(first, probe.name);
    const { line } = source.locate(first.span.start);
    const column = openSipsColumn(source.text, first.span.start);
    const places = Object.values(probe.verdicts).map(syntaxErrorOf);
    const agrees = places.some((place) => place?.line === line && place.column === column);
    assert.ok(
      agrees,
      `${probe.name}: ${line}:${column}, OpenSIPS: ${Object.values(probe.verdicts).join(', ')}`,
    );
    compared.push(probe.name);
  }
  assert.equal(compared.length, 31);
});

test('a probe that is rejected for its meaning is read without an error and stands under its kind', () => {
  const kinds = new Set(Object.values(semanticRows).flat());
  for (const probe of probes) {
    const verdicts = Object.values(probe.verdicts);
    if (verdicts.includes('ok') || rejectedWithoutPlace.includes(probe.name)) continue;
    if (verdicts.every(isSyntaxError) && departures[probe.name] === undefined) continue;
    assert.ok(kinds.has(probe.name), `${probe.name} stands under no kind`);
    kinds.delete(probe.name);
    assert.deepEqual(read(probe, '3.6').errors, [], probe.name);
  }
  assert.deepEqual([...kinds], [], 'rows that no probe has');
});

test('what the lexer and the includes of all versions reject is an error', () => {
  for (const name of rejectedWithoutPlace) {
    const probe = probes.find((one) => one.name === name);
    assert.ok(probe, name);
    assert.equal(read(probe, '3.6').errors.length, 1, name);
  }
});

test('a form that a version rejects with a syntax error is remarked with a range that leaves it out', () => {
  const ranks = ['2.2', '2.4', '3.1', '3.4', '3.6', '4.0'];
  for (const probe of probes) {
    if (acceptedBy(probe).length === 0 || unremarked.has(probe.name)) continue;
    for (const version of ranks.filter((one) => isSyntaxError(probe.verdicts[one] ?? ''))) {
      const { facts } = read(probe, version);
      const leftOut = facts.some(({ since = '2.1', until = '4.0' }) => version < since || version > until);
      assert.ok(leftOut, `${probe.name}: ${version} rejects it, no fact says so`);
    }
  }
});

/** Global parameters of some versions only: the catalogue knows them, not the grammar. */
const unremarked: ReadonlySet<string> = new Set([
  'children=4',
  'udp_workers=4',
  'log_stderror=yes',
  'log_facility',
  'xlog_level=3',
  'debug=3',
  'fork=yes',
]);
