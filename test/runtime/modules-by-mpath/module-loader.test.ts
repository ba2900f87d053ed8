import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { findModuleFile } from '../../../runtime/module-files.ts';
import { importModule, lookUpModule } from '../../../runtime/module-loader.ts';
import { behaviourProblems } from '../../../runtime/module-shape.ts';

const root = mkdtempSync(join(tmpdir(), 'tsips-modules-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** Starts like a compiled module; running it as JavaScript would fail. */
const elf = '\x7fELF\x02\x01\x01\x00 not JavaScript';
const source = (name: string) => `export const manifest = { name: '${name}' };\nexport default () => ({});\n`;

function put(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

put('one/folder/index.js', source('folder'));
put('one/file.js', source('file'));
put('one/both/index.js', source('both'));
put('one/both.js', source('both'));
put('one/modern.mjs', source('modern'));
put('two/folder/index.js', source('folder'));
put('two/second/index.js', source('second'));
put('one/compiled.so', elf);
put('two/shadowed.so', elf);
put('two/shadowed/shadowed.so', elf);
put('bundled/shadowed/index.js', source('shadowed'));
put('bundled/folder/index.js', source('folder'));
put('elsewhere/odd/index.js', source('odd'));

const places = {
  mpaths: [join(root, 'one'), 'two/'],
  bases: [join(root, 'nowhere'), root],
  bundled: join(root, 'bundled'),
};

const found: [path: string, place: string, file: string][] = [
  ['folder.so', 'mpath', 'one/folder/index.js'],
  ['folder', 'mpath', 'one/folder/index.js'],
  ['file.so', 'mpath', 'one/file.js'],
  ['both.so', 'mpath', 'one/both/index.js'],
  ['modern.so', 'mpath', 'one/modern.mjs'],
  ['second.so', 'mpath', 'two/second/index.js'],
  ['shadowed.so', 'bundled', 'bundled/shadowed/index.js'],
  [join(root, 'elsewhere/odd.so'), 'path', 'elsewhere/odd/index.js'],
  [join(root, 'elsewhere/odd'), 'path', 'elsewhere/odd/index.js'],
  ['elsewhere/odd.so', 'path', 'elsewhere/odd/index.js'],
  ['./elsewhere/odd.so', 'path', 'elsewhere/odd/index.js'],
  ['/usr/lib/opensips/modules/folder.so', 'mpath', 'one/folder/index.js'],
  ['/usr/lib/opensips/modules/shadowed.so', 'bundled', 'bundled/shadowed/index.js'],
];

for (const [path, place, file] of found) {
  test(`module search: ${relative(root, path).startsWith('..') ? path : relative(root, path)}`, () => {
    const answer = findModuleFile(path, places);
    assert.ok('file' in answer, JSON.stringify(answer));
    assert.equal(answer.place, place);
    assert.equal(relative(root, answer.file), file);
  });
}

for (const path of ['compiled.so', 'absent', '', '.', '..', '../..', 'one/..', 'x\0y']) {
  test(`module search: ${JSON.stringify(path)} is found nowhere, and no ELF file is opened`, async () => {
    const answer = await lookUpModule(path, places);
    assert.equal(answer.found, false);
  });
}

test('module search: TypeScript is run where Node can, else told; JavaScript goes first', async () => {
  put(
    'one/typed/index.ts',
    "export const manifest: { name: string } = { name: 'typed' };\nexport default () => ({});\n",
  );
  const runs = Boolean(Reflect.get(process.features, 'typescript'));
  const answer = await lookUpModule('typed.so', places);
  assert.equal(answer.found, runs);
  if (!answer.found) assert.match(answer.problem ?? '', /is TypeScript, which Node runs from 22\.18 on/);
  const script = put('one/typed.js', source('typed'));
  const second = findModuleFile('typed.so', places);
  assert.ok('file' in second);
  assert.equal(second.file, script);
});

test('module search: tells every place that it tried', async () => {
  const answer = await lookUpModule('absent.so', places);
  assert.ok(!answer.found);
  assert.deepEqual(
    answer.looked.map((path) => relative(root, path)),
    ['one/absent', 'two/absent', 'bundled/absent'],
  );
});

test('module facts: manifest.json beside an index file is read without running the file', async () => {
  put('one/packaged/index.js', 'throw new Error("was run");');
  put('one/packaged/manifest.json', JSON.stringify({ name: 'packaged', kind: 'x' }));
  const answer = await lookUpModule('packaged.so', places);
  assert.ok(answer.found);
  assert.equal(answer.manifest.kind, 'x');
});

const bad: [name: string, text: string, problem: RegExp][] = [
  ['bad_syntax', '\n\nexport const = 1;', /cannot be run: .*Unexpected token.* \(line 3\)/],
  ['bad_throw', 'throw new Error("no way");', /cannot be run: no way/],
  ['bad_none', 'export const x = 1;', /no export `manifest`/],
  ['bad_name', 'export const manifest = {}; export default () => ({});', /manifest\.name is not a text/],
  ['bad_default', 'export const manifest = { name: "a" };', /default export is not a function/],
  [
    'bad_table',
    'export const manifest = { name: "a", commands: [] }; export default () => ({});',
    /manifest\.commands is not an object/,
  ],
  [
    'bad_command',
    'export const manifest = { name: "a", commands: { f: {} } }; export default () => ({});',
    /manifest\.commands\.f needs/,
  ],
  [
    'bad_kind',
    'export const manifest = { name: "a", commands: { f: { params: ["x?"], routes: "*" } } }; export default () => ({});',
    /manifest\.commands\.f\.params has "x\?"/,
  ],
  [
    'bad_route',
    'export const manifest = { name: "a", commands: { f: { params: [], routes: ["X"] } } }; export default () => ({});',
    /manifest\.commands\.f\.routes has "X"/,
  ],
  [
    'bad_when',
    'export const manifest = { name: "a", dependenciesFromParams: { p: [{ module: "tm", missing: "warn", when: "set" }] } }; export default () => ({});',
    /manifest\.dependenciesFromParams\.p\[0\] needs `when`/,
  ],
  [
    'bad_param',
    'export const manifest = { name: "a", params: { p: { type: "number" } } }; export default () => ({});',
    /manifest\.params\.p\.type/,
  ],
  [
    'bad_pattern',
    'export const manifest = { name: "a", params: { p: { type: "string", pattern: "[" } } }; export default () => ({});',
    /manifest\.params\.p\.pattern is not a regular expression/,
  ],
  [
    'bad_minimum',
    'export const manifest = { name: "a", params: { p: { type: "integer", minimum: "1" } } }; export default () => ({});',
    /manifest\.params\.p\.minimum is not a number/,
  ],
  [
    'bad_param_default',
    'export const manifest = { name: "a", params: { p: { type: "integer", default: "1" } } }; export default () => ({});',
    /manifest\.params\.p\.default is not of its type/,
  ],
  [
    'bad_dependency',
    'export const manifest = { name: "a", dependencies: [{ module: "tm" }] }; export default () => ({});',
    /manifest\.dependencies\[0\] needs/,
  ],
];

for (const [name, text, problem] of bad) {
  test(`module shape: ${name} is told with its file`, async () => {
    const file = put(`one/${name}.mjs`, text);
    const answer = await lookUpModule(name, places);
    assert.ok(!answer.found);
    assert.deepEqual(answer.looked, [file]);
    assert.match(answer.problem ?? '', problem);
  });
}

test('module shape: a default export that is async is told', () => {
  assert.match(behaviourProblems({ name: 'a' }, Promise.resolve({})).join(), /returned a promise/);
});

test('module shape: CommonJS with `manifest` and `default` is a module too', async () => {
  const file = put('one/common.cjs.js', 'module.exports = { manifest: { name: "c" }, default: () => ({}) };');
  const { manifest, factory } = await importModule(file);
  assert.equal(manifest.name, 'c');
  assert.equal(typeof factory, 'function');
});
