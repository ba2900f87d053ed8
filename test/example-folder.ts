/** A config in a folder of its own, with the certificates that it names: the shipped example, or one for tests. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { program } from './program-path.ts';

const root = new URL('../../', import.meta.url);

export interface ConfigFolder {
  readonly config: string;
  /** The folder of its certificates. */
  readonly certificates: string;
  /** Whom a client has to trust, as PEM. */
  readonly authority: string;
}

type Change = (text: string) => string;

/** `opensips.cfg.example`; `change` may make another text of it. Gone when the test file is done. */
export function exampleFolder(change?: Change): ConfigFolder {
  return folderWith('opensips.cfg.example', change);
}

/** A config of ws and wss that answers REGISTER, OPTIONS and MESSAGE by itself. */
export function answeringFolder(change?: Change): ConfigFolder {
  return folderWith('test/fixtures/answering.cfg', change);
}

function folderWith(file: string, change: Change = (text) => text): ConfigFolder {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-example-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const certificates = join(folder, 'certs', 'dev');
  execFileSync(process.execPath, [program, 'certs', certificates], { stdio: 'ignore' });
  const config = join(folder, 'opensips.cfg');
  writeFileSync(config, change(readFileSync(new URL(file, root), 'latin1')));
  return { config, certificates, authority: readFileSync(join(certificates, 'ca-cert.pem'), 'utf8') };
}
