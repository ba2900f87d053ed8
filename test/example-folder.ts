/** The shipped example in a folder of its own, with the certificates that it names. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../runtime/cli/tsips.js', import.meta.url));
const example = fileURLToPath(new URL('../../opensips.cfg.example', import.meta.url));

export interface ExampleFolder {
  readonly config: string;
  /** The folder of its certificates. */
  readonly certificates: string;
  /** Whom a client has to trust, as PEM. */
  readonly authority: string;
}

/** Writes it as `opensips.cfg`; `change` may make another text of it. Gone when the test file is done. */
export function exampleFolder(change = (text: string) => text): ExampleFolder {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-example-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const certificates = join(folder, 'certs', 'dev');
  execFileSync(process.execPath, [program, 'certs', certificates], { stdio: 'ignore' });
  const config = join(folder, 'opensips.cfg');
  writeFileSync(config, change(readFileSync(example, 'latin1')));
  return { config, certificates, authority: readFileSync(join(certificates, 'ca-cert.pem'), 'utf8') };
}
