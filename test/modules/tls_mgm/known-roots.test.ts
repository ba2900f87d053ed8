import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { rootCertificates } from 'node:tls';
import { rootsNamed } from '../../../modules/tls_mgm/known-roots.ts';

test('each public root is among those that have its name', () => {
  for (const root of rootCertificates) {
    const { subject } = new X509Certificate(root);
    assert.ok(rootsNamed(subject).includes(root), subject);
  }
});

test('a name that no public root has leaves none to be read', () => {
  assert.deepEqual(rootsNamed('O=Example\nCN=Authority of nobody at all'), []);
});
