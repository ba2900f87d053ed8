import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { type Catalogue, loadCatalogue } from '../../grammar/catalogue.ts';
import { check } from '../../grammar/check.ts';
import { diagnosticCodes } from '../../grammar/findings/diagnostic-codes.ts';
import type { Diagnostic } from '../../grammar/findings/diagnostics.ts';
import type { ParamValidator } from '../../grammar/param-faults.ts';
import { loadParamValidator } from '../../grammar/param-validator.ts';
import { createParser } from '../../grammar/parse/parse.ts';
import { corpusEnvironment } from './environment.ts';
import { type CorpusFile, corpusFolder, readCorpus, readPart } from './files.ts';
import { placeOf } from './places.ts';

const parse = createParser();
let catalogue: Catalogue;
let validate: ParamValidator;
before(async () => {
  [catalogue, validate] = await Promise.all([loadCatalogue(), loadParamValidator([])]);
});

type Kind = 'accepted' | 'rejected';

interface Checked {
  readonly findings: readonly Diagnostic[];
  /** `line:from-to code severity` of each. */
  readonly places: readonly string[];
  /** Those of the parser say what they say; only the checks' own words are held here. */
  readonly words: readonly string[];
}

function findingsOf(kind: Kind, file: CorpusFile): Checked {
  const parsed = parse(file.text, { name: `${file.name}.cfg`, read: (path) => readPart(kind, path) });
  const { inert, asked, hostToo, onThisHost, version } = file;
  const environment = corpusEnvironment(catalogue, validate, {
    inert,
    asked,
    hostToo,
    onThisHost,
    ...(version !== undefined && { version }),
  });
  const byParser = new Set(parsed.diagnostics);
  const findings = check(parsed, environment);
  return {
    findings,
    places: findings.map((finding) => placeOf(finding, parsed.source)),
    words: findings.map((finding) => (byParser.has(finding) ? '' : finding.message)),
  };
}

function compare(kind: Kind, file: CorpusFile, { places, words }: Checked): void {
  const lines = places.map((place, at) => `${place} ${words[at]}`.trimEnd().replaceAll('\n', '\\n'));
  if (process.env.UPDATE_CORPUS === '1') update(kind, file, lines);
  else assert.deepEqual(lines, file.expected);
}

function update(
  kind: Kind,
  { name, inert, asked, hostToo, onThisHost, version }: CorpusFile,
  lines: readonly string[],
): void {
  const path = `${corpusFolder}${kind}/${name}.expected`;
  const options = [
    ...(inert ? ['--inert'] : []),
    ...(asked === 'opensips' ? ['--asked opensips'] : []),
    ...(hostToo ? ['--for tsips'] : []),
    ...(onThisHost ? ['--on-this-host'] : []),
    ...(version === undefined ? [] : [`--opensips ${version}`]),
  ];
  const all = [...options, ...lines];
  if (all.length === 0) rmSync(path, { force: true });
  else writeFileSync(path, `${all.join('\n')}\n`);
}

for (const file of readCorpus('accepted')) {
  test(`accepted: ${file.name}`, () => {
    const checked = findingsOf('accepted', file);
    compare('accepted', file, checked);
    assert.deepEqual(
      checked.findings.filter(({ severity }) => severity === 'error'),
      [],
    );
  });
}

for (const file of readCorpus('rejected')) {
  test(`rejected: ${file.name}`, () => {
    const checked = findingsOf('rejected', file);
    compare('rejected', file, checked);
    assert.ok(checked.findings.some(({ severity }) => severity === 'error'));
    for (const { why, help } of checked.findings) assert.ok(why !== '' && help !== '');
  });
}

test('there are at least 60 files of each kind', () => {
  assert.ok(readCorpus('accepted').length >= 60);
  assert.ok(readCorpus('rejected').length >= 60);
});

/** Found by looking at the machine or by making the modules and routes ready, not in the text: runtime/. */
const foundElsewhere = [
  'socket-host-unknown',
  'socket-address-foreign',
  'socket-without-name',
  'listen-argument',
  'script-unusable',
  'script-name-unknown',
  'module-unusable',
];

test('every code of grammar/ is shown by a file of the corpus', () => {
  const kinds: readonly Kind[] = ['accepted', 'rejected'];
  const shown = new Set(
    kinds
      .flatMap((kind) => readCorpus(kind).flatMap((file) => findingsOf(kind, file).findings))
      .map(({ code }) => code),
  );
  const codes = Object.keys(diagnosticCodes).filter((code) => !foundElsewhere.includes(code));
  assert.deepEqual(
    codes.filter((code) => ![...shown].some((one) => one === code)),
    [],
  );
});
