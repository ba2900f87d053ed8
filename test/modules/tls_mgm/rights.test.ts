import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { run } from '../../cli/program.ts';
import { createPki, type Leaf, temporaryFolder, writePem } from '../../pki/index.ts';
import { program } from '../../program-path.ts';
import { tlsConfig } from './checked-config.ts';

const isRoot = process.getuid?.() === 0;
/** The user `nobody`: root steps down to it, so that the tests run for root, too. */
const nobody = 65_534;
const them = isRoot ? { uid: nobody } : {};
const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const whoReads = isRoot ? `uid ${nobody} gid ${nobody}` : `uid ${owner.uid} gid ${owner.gid}`;
const others = {
  skip:
    readableByAll(program) && readableByAll(process.execPath)
      ? false
      : 'the user nobody may not read the compiled program, or Node',
};
const rootOnly = { skip: isRoot ? false : 'only root may become another user' };

let leaf: Leaf;
let root: string;
before(async () => {
  const pki = await createPki();
  leaf = await pki.root.issue();
  root = pki.root.certificate;
});

/** A folder that everybody may enter. */
const folder = temporaryFolder();
chmodSync(folder, 0o755);

/** Files of a domain in a folder, readable by all, and a config that names them. */
function domainIn(place: string, names = ['cert.pem', 'key.pem', 'ca.pem']): string {
  const [certificate = '', key = '', ca = ''] = names.map((name) => join(place, name));
  return tlsConfig([
    { name: 'server_domain', value: 'd' },
    { name: 'certificate', value: `[d]${certificate}` },
    { name: 'private_key', value: `[d]${key}` },
    { name: 'ca_list', value: `[d]${ca}` },
  ]).text;
}

function writeDomain(place: string): void {
  mkdirSync(place, { recursive: true });
  const texts: Readonly<Record<string, string>> = {
    'cert.pem': leaf.chain + root,
    'key.pem': leaf.key,
    'ca.pem': root,
  };
  for (const [name, text] of Object.entries(texts)) chmodSync(writePem(place, name, text), 0o644);
}

/** Whether every user may read a file and enter the folders above it. */
function readableByAll(path: string): boolean {
  if (!isRoot) return true;
  if ((statSync(path).mode & 0o004) === 0) return false;
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}

test('a key that this user may not read: its rights, and who this is', others, async (t) => {
  const place = join(folder, 'own-key');
  writeDomain(place);
  chmodSync(join(place, 'key.pem'), isRoot ? 0o600 : 0o000);
  const mode = isRoot ? '0600' : '0000';
  for (const how of ['-C', '-F']) {
    const { code, err } = await run(t, [how, '-f', '-'], { ...them, input: domainIn(place) });
    assert.equal(code, 255, err);
    assert.ok(
      err.includes(
        `the private key of TLS domain d cannot be read: ${place}/key.pem (mode ${mode} of uid ${owner.uid} gid ${owner.gid} and this is ${whoReads})`,
      ),
      err,
    );
  }
});

test('a folder above that this user may not enter is the one that is told', others, async (t) => {
  const place = join(folder, 'closed');
  writeDomain(join(place, 'live'));
  chmodSync(place, isRoot ? 0o700 : 0o000);
  const { code, err } = await run(t, ['-C', '-f', '-'], { ...them, input: domainIn(join(place, 'live')) });
  chmodSync(place, 0o700);
  assert.equal(code, 255, err);
  const mode = isRoot ? '0700' : '0000';
  assert.ok(
    err.includes(
      `the certificate of TLS domain d cannot be read: ${place}/live/cert.pem (${place} has mode ${mode} of uid ${owner.uid} gid ${owner.gid} and this is ${whoReads})`,
    ),
    err,
  );
});

test('-u: what the other user could not read any more is a warning', rootOnly, async (t) => {
  const place = join(folder, 'later');
  writeDomain(place);
  chmodSync(join(place, 'key.pem'), 0o640);
  const { code, err } = await run(t, ['-C', '-u', String(nobody), '-g', '12345', '-f', '-'], {
    input: domainIn(place),
  });
  assert.equal(code, 0, err);
  assert.ok(
    err.includes(
      `the private key of TLS domain d cannot be read by the user that the host becomes: ${place}/key.pem (mode 0640 of uid 0 gid 0, and that is uid ${nobody})`,
    ),
    err,
  );
  assert.ok(!err.includes('the certificate of TLS domain d cannot be read'), err);
});

test('-u: a group that may read it is enough', rootOnly, async (t) => {
  const place = join(folder, 'group');
  writeDomain(place);
  chmodSync(join(place, 'key.pem'), 0o640);
  const { code, err } = await run(t, ['-C', '-u', String(nobody), '-g', '0', '-f', '-'], {
    input: domainIn(place),
  });
  assert.equal(code, 0, err);
  assert.ok(!err.includes('that the host becomes'), err);
});

test('-u: links lead into a folder that the other user may not enter', rootOnly, async (t) => {
  const archive = join(folder, 'archive');
  const live = join(folder, 'live');
  writeDomain(archive);
  chmodSync(archive, 0o700);
  mkdirSync(live);
  for (const name of ['cert.pem', 'key.pem', 'ca.pem']) symlinkSync(join(archive, name), join(live, name));
  const { code, err } = await run(t, ['-C', '-u', String(nobody), '-f', '-'], { input: domainIn(live) });
  assert.equal(code, 0, err);
  assert.ok(
    err.includes(
      `the certificate of TLS domain d cannot be read by the user that the host becomes: ${live}/cert.pem (${archive} has mode 0700 of uid 0 gid 0, and that is uid ${nobody})`,
    ),
    err,
  );
});
