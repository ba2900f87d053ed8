import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { createPki, encryptKey, type Leaf, temporaryFolder, writePem } from '../../pki/index.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { domainParams } from './changing-domain.ts';
import { tlsConfig } from './checked-config.ts';
import { servedSerial } from './wss-client.ts';

const folder = temporaryFolder();
let leaf: Leaf;
let ca: string;
before(async () => {
  const { root } = await createPki();
  leaf = await root.issue();
  ca = root.certificate;
  writePem(folder, 'cert.pem', leaf.chain);
});

/** The older form, whose head says how it is encrypted. RFC 1421 §4.6.1. */
function olderForm(passphrase: string): string {
  const key = createPrivateKey(leaf.key);
  return key.export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase }).toString();
}

interface Row {
  readonly what: string;
  readonly key: () => string;
  /** The value of private_key_password; FOLDER is where files are. */
  readonly password: string;
  /** What the file `password` holds. */
  readonly file?: string;
  readonly environment?: string;
}

const name = 'TSIPS_TEST_KEY_PASSWORD';
const rows: readonly Row[] = [
  {
    what: 'PKCS#8, the password in a file',
    key: () => encryptKey(leaf.key, 'sesame open'),
    password: 'file:FOLDER/password',
    file: 'sesame open\nanother line\n',
  },
  {
    what: 'a file without a line end, and one of Windows',
    key: () => encryptKey(leaf.key, 'sesame'),
    password: 'file:FOLDER/password',
    file: 'sesame\r\n',
  },
  {
    what: 'a password in UTF-8 in a file',
    key: () => encryptKey(leaf.key, 'Schlüssel'),
    password: 'file:FOLDER/password',
    file: 'Schlüssel',
  },
  {
    what: 'PKCS#8, the password in the environment',
    key: () => encryptKey(leaf.key, 'Schlüssel'),
    password: `env:${name}`,
    environment: 'Schlüssel',
  },
  {
    what: 'the older form, which says in its head that it is encrypted',
    key: () => olderForm('sesame'),
    password: 'file:FOLDER/password',
    file: 'sesame\n',
  },
];

describe('private_key_password opens an encrypted key', () => {
  for (const [number, { what, key, password, file, environment }] of rows.entries()) {
    test(what, async (t) => {
      const path = writePem(folder, `key-${number}.pem`, key());
      if (file !== undefined) writePem(folder, 'password', file);
      if (environment !== undefined) process.env[name] = environment;
      t.after(() => delete process.env[name]);
      const line = { name: 'private_key_password', value: `[d]${password.replace('FOLDER', folder)}` };
      const params = [...domainParams('d', join(folder, 'cert.pem'), path), line];
      const host = await hostOf(tlsConfig(params).text);
      t.after(() => host.stop());
      await host.start();
      const port = host.listeners[0]?.port ?? 0;
      assert.equal(await servedSerial({ port, ca }), leaf.serial);
    });
  }
});
