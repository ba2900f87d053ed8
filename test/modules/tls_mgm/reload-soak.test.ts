import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('../../../../scripts/tls-reload.mjs', import.meta.url));

test('25 reloads under 20 connections: none is dropped, none gets an older certificate (scripts/tls-reload.mjs)', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, '25', '20']);
  assert.equal(stderr, '');
  assert.match(stdout, /^25 reloads under 20 connections: /);
  assert.match(stdout, /all well\n$/);
});
