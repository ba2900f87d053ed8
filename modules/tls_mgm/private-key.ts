import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { DomainFiles, NamedPath } from './domain-files.ts';
import { holdsInstead, type PemBlock, pemBlocks } from './pem.ts';
import { openSslReason } from './read-certificates.ts';
import type { ReadingTools } from './reading-tools.ts';

/** Reads the key of a domain; undefined, with a finding, where there is none of use. */
export function readPrivateKey(
  path: NamedPath,
  files: DomainFiles,
  environment: ReadingTools['environment'],
): KeyObject | undefined {
  const file = files.read(path, 'the private key');
  if (!file) return undefined;
  const block = pemBlocks(file.text).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (block) return parseKey(block, path, files, environment);
  const holds = holdsInstead(file.text, 'PRIVATE KEY');
  files.report(
    'file-not-pem',
    `the private key of TLS domain ${files.name} holds ${holds}: ${path.path}`,
    path.place,
  );
  return undefined;
}

function parseKey(
  block: PemBlock,
  { path, place }: NamedPath,
  files: DomainFiles,
  environment: ReadingTools['environment'],
): KeyObject | undefined {
  const which = `the private key of TLS domain ${files.name}`;
  if (!isEncrypted(block)) {
    return attempt({ key: block.text }, (reason) =>
      files.report('key-broken', `${which} cannot be read: ${path} (${reason})`, place),
    );
  }
  if (!files.setting('private_key_password')) {
    files.report('key-encrypted', `${which} is encrypted: ${path}`, place);
    return undefined;
  }
  const passphrase = readPassword(files, environment);
  if (passphrase === undefined) return undefined;
  return attempt({ key: block.text, passphrase }, (reason) =>
    files.report('key-password', `${which} does not open with its password: ${path} (${reason})`, place),
  );
}

/** PKCS#8 says it in its label, the older form in its head (RFC 1421 §4.6.1.1). */
function isEncrypted({ label, text }: PemBlock): boolean {
  return label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(text);
}

function attempt(
  key: { readonly key: string; readonly passphrase?: Buffer },
  tellWhy: (reason: string) => void,
): KeyObject | undefined {
  try {
    return createPrivateKey(key);
  } catch (error) {
    tellWhy(openSslReason(error));
    return undefined;
  }
}

/** `file:PATH` or `env:NAME`; undefined, with a finding, where that leads to none. As bytes: it need not be text. */
function readPassword(files: DomainFiles, environment: ReadingTools['environment']): Buffer | undefined {
  const setting = files.setting('private_key_password');
  const [, kind, rest = ''] = /^(file|env):(.+)$/.exec(setting?.value ?? '') ?? [];
  if (kind === 'file') {
    const file = files.read(files.at(rest, setting?.place), 'private_key_password');
    return file && Buffer.from(file.text.split(/\r?\n/, 1)[0] ?? '', 'latin1');
  }
  const value = kind === 'env' ? environment[rest] : undefined;
  if (value !== undefined) return Buffer.from(value);
  const why = kind === 'env' ? `the environment has no ${rest}` : 'it is neither file:PATH nor env:NAME';
  files.report('key-password', `private_key_password of TLS domain ${files.name}: ${why}`, setting?.place);
  return undefined;
}
