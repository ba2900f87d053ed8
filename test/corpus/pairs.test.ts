import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Diagnostic } from '../../grammar/findings/diagnostics.ts';
import { versions } from '../../grammar/versions/order.ts';
import { type CheckedFile, checkFile } from '../../runtime/check-file.ts';
import { corpusFolder } from './files.ts';
import { placeOf } from './places.ts';

const folder = `${corpusFolder}pairs/`;
const ending = '.broken.cfg';
const names = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .sort();

interface Expected {
  readonly version: string;
  /** The fix of the finding makes the twin of the file. */
  readonly isMendedByFix: boolean;
  readonly finding: string;
}

function readExpected(name: string): Expected {
  const lines = readFileSync(`${folder}${name}.expected`, 'utf8').trimEnd().split('\n');
  const version = lines.find((line) => line.startsWith('--opensips '))?.slice('--opensips '.length);
  const findings = lines.filter((line) => !line.startsWith('--'));
  assert.ok(version !== undefined, 'the file says for which version it is');
  assert.equal(findings.length, 1, 'there is one finding');
  return { version, isMendedByFix: lines.includes('--fix'), finding: findings[0] ?? '' };
}

interface Twin {
  readonly text: string;
  readonly findings: readonly string[];
}

/** Several broken files have the same twin, which is checked once. */
const twins = new Map<string, Promise<Twin>>();

function checkTwin(name: string, version: string): Promise<Twin> {
  const key = `${version} ${readFileSync(`${folder}${name}.mended.cfg`, 'latin1')}`;
  const known = twins.get(key);
  if (known) return known;
  const fresh = check(name, 'mended', version).then((checked) => ({
    text: textOf(checked),
    findings: checked.diagnostics.map((finding) => lineOf(finding, checked)),
  }));
  twins.set(key, fresh);
  return fresh;
}

function check(name: string, kind: 'broken' | 'mended', version: string): Promise<CheckedFile> {
  return checkFile({ file: `${folder}${name}.${kind}.cfg`, version });
}

/** `line:from-to code severity message`; what the parser says is held elsewhere. */
function lineOf(finding: Diagnostic, { parsed }: CheckedFile): string {
  const words = parsed.diagnostics.includes(finding) ? '' : ` ${finding.message}`;
  return `${placeOf(finding, parsed.source)}${words}`.replaceAll('\n', '\\n').replaceAll(folder, '');
}

/** The text with all that it includes; a broken file includes broken ones. */
function textOf({ parsed }: CheckedFile): string {
  return parsed.source.text.replaceAll('.broken.', '.mended.');
}

function applied({ fix }: Diagnostic, text: string): string {
  assert.ok(fix, 'the finding has a fix');
  return text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end);
}

for (const name of names) {
  test(`pair: ${name.replaceAll('-', ' ')}`, async () => {
    const expected = readExpected(name);
    const broken = await check(name, 'broken', expected.version);
    const found = broken.diagnostics.map((finding) => lineOf(finding, broken));
    if (process.env.UPDATE_CORPUS === '1') {
      const fix = expected.isMendedByFix ? ['--fix'] : [];
      const lines = [`--opensips ${expected.version}`, ...fix, ...found];
      writeFileSync(`${folder}${name}.expected`, `${lines.join('\n')}\n`);
      return;
    }
    assert.deepEqual(found, [expected.finding]);
    const mended = await checkTwin(name, expected.version);
    assert.deepEqual(mended.findings, []);
    assert.notEqual(textOf(broken), mended.text);
    const [finding] = broken.diagnostics;
    if (!expected.isMendedByFix || !finding) return;
    const text = applied(finding, broken.parsed.source.text).replaceAll('.broken.', '.mended.');
    assert.equal(text, mended.text);
  });
}

test(`there are at least 100 pairs, of every version: ${names.length}`, () => {
  assert.ok(names.length >= 100);
  const seen = new Set(names.map((name) => readExpected(name).version));
  assert.deepEqual(
    versions.filter((version) => !seen.has(version)),
    [],
  );
  for (const name of names) assert.ok(existsSync(`${folder}${name}.mended.cfg`), `${name} has a twin`);
});
