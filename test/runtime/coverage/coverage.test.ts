/** How much of the core of 3.6 the tables of tests have: issue "the routing script, complete". */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '../../../grammar/catalogue.ts';
import { compareVersions } from '../../../grammar/versions/order.ts';
import { checkConfig } from '../../../runtime/index.ts';
import { coreCommands, coreTransformations, coreVariables } from '../../../runtime/script/index.ts';
import { type EntryKind, entriesOfTests } from './entries-in-scripts.ts';
import { knownGaps } from './known-gaps.ts';

const version = '3.6';
const least = 0.95;

const tests = (folder: string) => fileURLToPath(new URL(`../../../../test/${folder}`, import.meta.url));
const covered = entriesOfTests(['runtime/script', 'runtime/host', 'runtime/variables', 'modules'].map(tests));

/** Operators that the grammar has, by the kinds of the catalogue's data (cfg.y). */
const operators: Readonly<Record<string, readonly string[]>> = {
  assign: ['=', ':=', '+=', '-=', '/=', '*=', '%=', '&=', '|=', '^='],
  compare: ['==', '!=', '>', '<', '>=', '<=', '=~', '!~'],
  arithmetic: ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '~'],
  logic: ['and', 'or', 'not'],
};

interface Lifetime {
  readonly since?: string;
  readonly until?: string;
}

const { core } = await loadCatalogue();

function isIn({ since, until }: Lifetime): boolean {
  return (
    (since === undefined || compareVersions(since, version) <= 0) &&
    (until === undefined || compareVersions(version, until) <= 0)
  );
}

function namesOf(kind: Exclude<EntryKind, 'operator'>): readonly string[] {
  return core.names(kind).filter((name) => core.find(kind, name).some(isIn));
}

const entries: readonly string[] = [
  ...namesOf('statement').map((name) => `statement ${name}`),
  ...Object.entries(operators).flatMap(([kind, all]) =>
    all.map((operator) => `operator ${kind} ${operator}`),
  ),
  ...namesOf('function').map((name) => `function ${name}`),
  ...namesOf('variable').map((name) => `variable ${name}`),
  ...namesOf('transformation').map((name) => `transformation ${name}`),
];

test(`at least ${least * 100} % of the core of ${version} stands in the tables of tests`, (t) => {
  const missing = entries.filter((entry) => !covered.has(entry));
  const share = (entries.length - missing.length) / entries.length;
  const told = `${entries.length - missing.length} of ${entries.length} entries, ${(share * 100).toFixed(1)} %`;
  t.diagnostic(`${told}${missing.length > 0 ? `; without a table: ${missing.join(', ')}` : ''}`);
  assert.ok(share >= least, `${told}; without a table: ${missing.join(', ')}`);
});

const has: Readonly<Record<string, (name: string) => boolean>> = {
  function: (name) => Object.hasOwn(coreCommands, name),
  variable: (name) => Object.hasOwn(coreVariables, name),
  transformation: (name) => Object.hasOwn(coreTransformations, name),
};

function isLacking(entry: string): boolean {
  const [kind = '', name = ''] = entry.split(' ');
  return has[kind] !== undefined && !has[kind](name);
}

test(`what of the core of ${version} tsips has not is the list of known gaps, each with its reason`, () => {
  assert.deepEqual(entries.filter(isLacking).sort(), Object.keys(knownGaps).sort());
  for (const reason of Object.values(knownGaps)) assert.notEqual(reason, '');
});

for (const gap of Object.keys(knownGaps)) {
  test(`the check tells ${gap} at its place as something of OpenSIPS that tsips has not`, async () => {
    const [kind, name] = gap.split(' ');
    const statement = kind === 'function' ? `${name}();` : `xlog("$${name}");`;
    const config = `socket=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\nroute {\n${statement}\n}\n`;
    const { diagnostics, parsed } = await checkConfig({ config, name: 'gap.cfg', version });
    const found = diagnostics.find(({ code }) => code.endsWith('-not-in-tsips'));
    assert.ok(found, diagnostics.map(({ message }) => message).join('\n'));
    assert.equal(parsed.source.locate(found.span.start).line, 4);
  });
}
