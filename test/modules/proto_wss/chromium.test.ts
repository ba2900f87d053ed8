import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { registerInChromium, withoutChromium } from '../proto_ws/chromium.ts';
import { startProgram } from '../proto_ws/started-program.ts';

test('Chromium: JsSIP in a page registers over wss, with the development authority trusted; without, it does not', {
  skip: withoutChromium,
}, async () => {
  const program = await startProgram();
  const url = `wss://localhost:${program.securePort}/`;
  const known = ['ca-cert.pem', 'localhost-cert.pem'].map((name) =>
    readFileSync(join(program.certificates, name), 'utf8'),
  );
  try {
    assert.equal(await registerInChromium(url, trusting(known)), 200);
    await assert.rejects(registerInChromium(url), /disconnected|Connection Error/);
    assert.match(
      program.log(),
      /tls_accept: New TLS connection from .* failed to accept: certificate_unknown: /,
    );
  } finally {
    assert.equal(await program.stop(), 0);
  }
});

/** Errors of chains with one of these keys do not count; the digest is that of HPKP (RFC 7469 §2.4). */
function trusting(certificates: readonly string[]): readonly string[] {
  const digests = certificates.map((pem) => {
    const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(key).digest('base64');
  });
  return [`--ignore-certificate-errors-spki-list=${digests.join(',')}`];
}
