import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The repository, seen from the compiled test. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

const listed = readFileSync(join(root, 'docs', 'deviations.md'), 'utf8');

const files = ['grammar', 'runtime', 'modules'].flatMap((floor) =>
  readdirSync(join(root, floor), { recursive: true })
    .map((path) => join(floor, String(path)).split(sep).join('/'))
    .filter((path) => path.endsWith('.ts')),
);

test('docs/deviations.md has a line for every file that marks a deviation', () => {
  const missing = files
    .filter((file) => /Deviation\b/.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => !listed.includes(`\`${file}\``) && !listed.includes(`\`${basename(file)}\``));
  assert.deepEqual(missing, []);
});

test('every file that docs/deviations.md names is there and marks a deviation', () => {
  const named = [...listed.matchAll(/`([a-z_/0-9-]+\.ts)`/g)].map(([, file = '']) => file);
  const wrong = named.filter((name) => {
    const file = files.find((path) => path === name || path.endsWith(`/${name}`));
    return file === undefined || !/Deviation\b/.test(readFileSync(join(root, file), 'utf8'));
  });
  assert.notEqual(named.length, 0);
  assert.deepEqual(wrong, []);
});
