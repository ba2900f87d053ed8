/** The package as `npm pack` makes it, installed into a folder outside the repository. */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

interface Installed {
  /** A project that depends on tsips and on nothing else. */
  readonly project: string;
  /** Where tsips lies in it. */
  readonly home: string;
  /** The paths of its files, from `home`. */
  readonly files: readonly string[];
}

/** Packs and installs; gone when the test file is done. */
export function install(): Installed {
  const project = mkdtempSync(join(tmpdir(), 'tsips-packed-'));
  after(() => rmSync(project, { recursive: true, force: true }));
  const home = join(project, 'node_modules', 'tsips');
  mkdirSync(home, { recursive: true });
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', project];
  const tarball = execFileSync('npm', pack, { cwd: repository, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(project, tarball), '--strip-components=1', '-C', home]);
  mkdirSync(join(project, 'node_modules', '@photostructure'));
  for (const dependency of ['@photostructure/sqlite', 'ajv', 'winston', 'ws']) {
    symlinkSync(join(repository, 'node_modules', dependency), join(project, 'node_modules', dependency));
  }
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  return { project, home, files: filesBelow(home) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a file with Node to its end; one that does not end by itself has no status. Standard error goes to the file
 * `stderr`: a detached process keeps it open.
 */
export function runNode(argv: readonly string[], cwd: string): Ended {
  const file = join(cwd, 'stderr');
  const descriptor = openSync(file, 'w');
  const { status, stdout } = spawnSync(process.execPath, argv, {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', descriptor],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  closeSync(descriptor);
  return { status, out: stdout, err: readFileSync(file, 'utf8') };
}

/** The relative paths that a text imports or links to, from the folder of its file. */
export function relativeTargets(file: string, text: string): string[] {
  const pattern = file.endsWith('.md')
    ? /\]\((?!https?:|#)([^)#]+)/g
    : /(?:from|import|import\()\s*['"](\.[^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map(([, path = '']) => join(dirname(file), path));
}
