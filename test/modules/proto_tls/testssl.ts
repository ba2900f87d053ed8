import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Finding {
  readonly id: string;
  /** `OK`, `INFO`, `LOW` … `CRITICAL`; `DEBUG` and `WARN` are about the scan itself. */
  readonly severity: string;
  readonly finding: string;
}

/** Debian installs it without the ending, others with it. */
const program = ['testssl', 'testssl.sh'].find((name) => spawnSync(name, ['--version']).error === undefined);

/** A line for tests that need it where it is not installed; false where it is. */
export const withoutTestssl = program ? false : 'testssl.sh (Debian: testssl.sh) is not installed';

/** Runs some of its sections; `folder`: where it may write. */
export async function runTestssl(
  place: string,
  sections: readonly string[],
  folder: string,
): Promise<readonly Finding[]> {
  const file = join(folder, 'testssl.json');
  rmSync(file, { force: true });
  const quiet = ['--warnings', 'off', '--color', '0', '--quiet', '--ip', 'one'];
  const child = spawn(program ?? '', [...quiet, ...sections, '--jsonfile', file, place], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(readFileSync(file, 'utf8')) as Finding[];
}
